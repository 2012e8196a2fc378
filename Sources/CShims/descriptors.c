#define _GNU_SOURCE
#include "descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

int minke_pipe(int ends[2])
{
    return pipe2(ends, O_CLOEXEC);
}

int minke_temporary_file(char *path)
{
    return mkostemp(path, O_CLOEXEC);
}

int minke_event(void)
{
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void minke_signal_event(int descriptor)
{
    eventfd_write(descriptor, 1);
}

// Opens /dev/null for each closed standard stream, before anything else can open a descriptor: a file that took number
// 1 would be written to as if it were the standard output.
__attribute__((constructor)) static void minke_open_standard_descriptors(void)
{
    for (int number = 0; number <= 2; number++) {
        if (fcntl(number, F_GETFD) != -1 || errno != EBADF)
            continue;
        int opened = open("/dev/null", number == 0 ? O_RDONLY : O_WRONLY);
        if (opened != -1 && opened != number) {
            dup2(opened, number);
            close(opened);
        }
    }
}
