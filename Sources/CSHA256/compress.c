// SHA-256 by the SHA extensions of x86-64 (Intel, "Intel SHA Extensions", 2013), which Swift cannot name.
#include "CSHA256.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

static int look_for_instructions(void) {
    unsigned a, b, c, d;
    // Leaf 1: SSSE3 (bit 9 of ecx) and SSE4.1 (bit 19). Leaf 7: SHA (bit 29 of ebx).
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c >> 9 & 1) || !(c >> 19 & 1)) return 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}

// A virtual machine leaves to its host at each CPUID, which takes longer than to hash most files: asked once.
static int has_instructions(void) {
    static atomic_int known = -1;
    int has = atomic_load_explicit(&known, memory_order_relaxed);
    if (has < 0) {
        has = look_for_instructions();
        atomic_store_explicit(&known, has, memory_order_relaxed);
    }
    return has;
}

__attribute__((target("sha,sse4.1,ssse3")))
static void compress(uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bULL, 0x0405060700010203ULL);
    // The instructions want the registers a to h as a b e f and c d g h, the first in the highest place.
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(abcd, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);
    for (; count > 0; count--, blocks += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i words[4];
        for (int i = 0; i < 4; i++)
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * i)), big_endian);
#pragma clang loop unroll(full)
        for (int group = 0; group < 16; group++) {
            // Four rounds, two an instruction.
            __m128i round =
                _mm_add_epi32(words[group & 3], _mm_loadu_si128((const __m128i *)(constants + 4 * group)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, round);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(round, 0x0E));
            if (group >= 12) continue;
            // The words of the rounds sixteen further on.
            __m128i last = words[(group + 3) & 3];
            __m128i older = _mm_alignr_epi8(last, words[(group + 2) & 3], 4);
            __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(words[group & 3], words[(group + 1) & 3]), older);
            words[group & 3] = _mm_sha256msg2_epu32(sum, last);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
    __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

int csha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
    if (!has_instructions()) return 0;
    compress(state, blocks, count, constants);
    return 1;
}

#else

int csha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
    (void)state, (void)blocks, (void)count, (void)constants;
    return 0;
}

#endif
