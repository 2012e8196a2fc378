#pragma once

#include <sys/types.h>

/// Starts a program found in PATH, which leads a process group of its own, and returns 0 or an errno. A NULL directory is
/// inherited.
int minke_spawn(
    const char *program, char *const arguments[], char *const environment[], const char *directory,
    int standard_input, int standard_output, int standard_error, pid_t *pid);

/// Opens a pidfd, which becomes readable when the process ends; -1 with errno set on failure.
int minke_open_process(pid_t pid);

/// The environment of this process, ended by NULL.
char **minke_environment(void);
