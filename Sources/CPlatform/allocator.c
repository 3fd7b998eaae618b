#include <stdlib.h>

#include "allocator.h"

#ifdef __GLIBC__
#include <limits.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>

// At most this much is not mapped by itself (mallopt(3)).
#define LARGEST_PIECE (4 * 1024 * 1024 * sizeof(long))
#define LARGE_PAGE ((uintptr_t)2 << 20)
#endif

void keep_freed_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, LARGEST_PIECE);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

#ifdef __GLIBC__
// A piece of the heap, which begins at the top of what is in use; asks for its whole large pages, if it is to be of them.
static void *grow_heap(size_t size, int is_of_large_pages) {
    char *piece = malloc(size);
#ifdef MADV_HUGEPAGE
    if (piece && is_of_large_pages) {
        uintptr_t first = ((uintptr_t)piece + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
        uintptr_t end = ((uintptr_t)piece + size) & ~(LARGE_PAGE - 1);
        if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
    }
#endif
    return piece;
}
#endif

void expect_much_memory(size_t bytes, int uses_large_pages) {
#ifdef __GLIBC__
    enum { most = 16 };
    static int is_called;
    void *pieces[most];
    const size_t size = LARGEST_PIECE - LARGE_PAGE;
    int count = 0;
    if (is_called++) return;
    keep_freed_memory();
    mallopt(M_ARENA_MAX, 1);
    while (count < most && (size_t)count * size < bytes && (pieces[count] = grow_heap(size, uses_large_pages))) count++;
    while (count > 0) free(pieces[--count]);
#else
    (void)bytes, (void)uses_large_pages;
#endif
}
