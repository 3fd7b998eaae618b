#pragma once

/// Lets the process keep the memory that it frees, for its next round of the same work.
///
/// glibc asks the system for each large block anew and gives it back at once, so that every round pays for each page of
/// it. Elsewhere this does nothing.
void keep_freed_memory(void);
