#define _GNU_SOURCE
#include "spawning.h"

#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

int minke_spawn(
    const char *program, char *const arguments[], char *const environment[], const char *directory,
    int standard_input, int standard_output, int standard_error, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }

    const int given[3] = {standard_input, standard_output, standard_error};
    for (int target = 0; target < 3 && !error; target++)
        error = posix_spawn_file_actions_adddup2(&actions, given[target], target);
    // Closes descriptors that this program inherited: a shell that knows only descriptors of one digit fails if they
    // are all taken.
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (!error && directory) error = posix_spawn_file_actions_addchdir_np(&actions, directory);

    // This program ignores SIGPIPE and may handle other signals; the child starts with default actions.
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP;
    if (!error) error = posix_spawnattr_setsigdefault(&attributes, &all);
    if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
    if (!error) error = posix_spawnattr_setpgroup(&attributes, 0);
    if (!error) error = posix_spawnattr_setflags(&attributes, flags);
    if (!error) error = posix_spawnp(pid, program, &actions, &attributes, arguments, environment);

    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int minke_open_process(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

char **minke_environment(void)
{
    return environ;
}
