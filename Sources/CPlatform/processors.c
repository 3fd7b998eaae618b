#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#else
#include <unistd.h>
#endif

#include "processors.h"

int usable_processors(void) {
#ifdef __linux__
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
#else
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
#endif
}
