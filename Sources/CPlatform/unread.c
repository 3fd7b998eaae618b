#include <sys/ioctl.h>
#include <sys/stat.h>

#include "unread.h"

int unread_bytes(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0 || !S_ISFIFO(status.st_mode)) return 0;
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}
