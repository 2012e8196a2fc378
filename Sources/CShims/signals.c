#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t forwarding_descriptor = -1;

static void forward(int number)
{
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(forwarding_descriptor, &byte, 1);
    (void)written;
    errno = saved;
}

int minke_forward_signal(int number, int descriptor)
{
    forwarding_descriptor = descriptor;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = forward;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(number, &action, NULL);
}

int minke_restore_signal(int number)
{
    return signal(number, SIG_DFL) == SIG_ERR ? -1 : 0;
}

void minke_ignore_broken_pipes(void)
{
    signal(SIGPIPE, SIG_IGN);
}
