// Counts the system calls of a process that can touch files, and lets one of them fail or kills the process there.
//
// LD_PRELOADed. FAULT_AT is the number of the call, from 1; FAULT_KIND is `kill`, or the number of an errno; without
// FAULT_AT calls are only counted. FAULT_LOG names a file that gets the name of each call, a line each. FAULT_STICKY=1
// lets every later call of the same name fail too, as on a disk that stays full.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int calls;
static int at, kind, sticky, log_fd = -1;
static const char *failed;

__attribute__((constructor)) static void start(void) {
    const char *text = getenv("FAULT_AT");
    at = text ? atoi(text) : 0;
    text = getenv("FAULT_KIND");
    kind = !text || !strcmp(text, "kill") ? 0 : atoi(text);
    sticky = getenv("FAULT_STICKY") != NULL;
    text = getenv("FAULT_LOG");
    if (text) log_fd = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    atomic_store(&calls, 0);
}

// Whether this call is to fail.
static int fault(const char *name) {
    int number = atomic_fetch_add(&calls, 1) + 1;
    if (log_fd >= 0) {
        char line[64];
        int count = snprintf(line, sizeof line, "%s\n", name);
        syscall(SYS_write, log_fd, line, count);
    }
    if (number == at) {
        if (!kind) {
            kill(getpid(), SIGKILL);
            for (;;) pause();
        }
        failed = name;
        errno = kind;
        return 1;
    }
    if (sticky && failed && !strcmp(failed, name)) {
        errno = kind;
        return 1;
    }
    return 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define CALL(result, name, parameters, arguments)                                                                     \
    result name parameters {                                                                                          \
        if (fault(#name)) return -1;                                                                                  \
        return NEXT(name) arguments;                                                                                  \
    }

CALL(ssize_t, read, (int fd, void *to, size_t count), (fd, to, count))
CALL(int, fsync, (int fd), (fd))
CALL(int, fchmod, (int fd, mode_t mode), (fd, mode))
CALL(int, flock, (int fd, int how), (fd, how))
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode))
CALL(int, mkdirat, (int fd, const char *path, mode_t mode), (fd, path, mode))
CALL(int, unlink, (const char *path), (path))
CALL(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags))
CALL(int, rename, (const char *from, const char *to), (from, to))
CALL(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
CALL(int, fstat, (int fd, struct stat *status), (fd, status))
CALL(int, fstatat, (int fd, const char *path, struct stat *status, int flags), (fd, path, status, flags))
CALL(int, stat, (const char *restrict path, struct stat *restrict status), (path, status))

// What is written to the terminal is no file.
ssize_t write(int fd, const void *from, size_t count) {
    if (fd > 2 && fault("write")) return -1;
    return NEXT(write)(fd, from, count);
}

// The descriptor is closed whatever close says.
int close(int fd) {
    int fails = fault("close");
    int result = NEXT(close)(fd);
    if (!fails) return result;
    errno = kind;
    return -1;
}

char *realpath(const char *restrict path, char *restrict resolved) {
    return fault("realpath") ? NULL : NEXT(realpath)(path, resolved);
}

int open(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
    va_end(list);
    return fault("open") ? -1 : NEXT(open)(path, flags, mode);
}

int openat(int fd, const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
    va_end(list);
    return fault(flags & O_CREAT ? "openat (new)" : "openat") ? -1 : NEXT(openat)(fd, path, flags, mode);
}
