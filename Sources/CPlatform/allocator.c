#include <stdlib.h>

#include "allocator.h"

#ifdef __GLIBC__
#include <limits.h>
#include <malloc.h>
#endif

void keep_freed_memory(void) {
#ifdef __GLIBC__
    // At most this much is not mapped by itself (mallopt(3)).
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024 * sizeof(long));
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}
