#include <signal.h>
#include <stddef.h>

#include "interruption.h"

int has_held_interruption(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t pending;
    if (sigpending(&pending) != 0) return 0;
    for (size_t n = 0; n < sizeof signals / sizeof *signals; n++) {
        struct sigaction action;
        // Linux keeps a signal that is blocked even if it is ignored.
        if (sigismember(&pending, signals[n]) == 1 && sigaction(signals[n], NULL, &action) == 0
            && action.sa_handler != SIG_IGN)
            return 1;
    }
    return 0;
}
