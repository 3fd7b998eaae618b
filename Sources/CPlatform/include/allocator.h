#pragma once

#include <stddef.h>

/// Lets the process keep the memory that it frees, for its next round of the same work.
///
/// glibc asks the system for each large block anew and gives it back at once, so that every round pays for each page of
/// it. Elsewhere this does nothing.
void keep_freed_memory(void);

/// Makes room for much work in one heap, before a second thread begins; the first call counts alone.
///
/// glibc gives each thread a heap that grows by a call of the system for every few pages, and each page of any heap costs
/// a fault; Linux has pages of 2 MB for whom asks for them (madvise(2), MADV_HUGEPAGE). What is not touched takes no memory.
/// Where there is not as much room, and elsewhere, all is as without it.
///
/// @param bytes how much may be needed, of which half a gigabyte at most is looked after
/// @param uses_large_pages whether to ask for them: of each list the last one is touched in part, and counts as a whole
void expect_much_memory(size_t bytes, int uses_large_pages);
