#include <stdlib.h>
#include <unistd.h>

#include "proc.h"

#ifdef __GLIBC__

static int count;
static char **words;

// Two things the Swift runtime asks of /proc before `main` (Swift 6.3.1). For its own path, by which it looks for the
// program that prints backtraces, it ends the process when it gets no answer (Paths.cpp); so it is told here, before it
// asks, that there is none. And without the bounds of the stack it finds no command line (CommandLine.cpp); glibc hands
// that to every constructor. Constructors with a priority run before those of C++ objects, and 101 is the first that is
// not reserved (GCC, "Common Function Attributes"). Who sets SWIFT_BACKTRACE has the last word.
__attribute__((constructor(101))) static void do_without_proc(int argc, char **argv) {
    char first;
    if (readlink("/proc/self/exe", &first, 1) >= 0) return;
    count = argc;
    words = argv;
    setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/", 0);
}

char **command_line_without_proc(int *found) {
    *found = count;
    return words;
}
#else
char **command_line_without_proc(int *found) {
    *found = 0;
    return NULL;
}
#endif
