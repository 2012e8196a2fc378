#define _GNU_SOURCE
#include "descriptors.h"

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
