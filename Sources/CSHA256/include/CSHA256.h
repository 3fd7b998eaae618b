#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/// Takes in `count` blocks of 64 bytes with the processor's own SHA-256 instructions.
///
/// `constants` are the 64 round constants. Returns 0, with nothing done, where the processor has no such instructions.
int csha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]);

#endif
