#pragma once

#include <sys/types.h>

/// Starts a program found in PATH and returns 0 or an errno. Descriptors that are -1 are inherited; a directory that is
/// NULL is inherited. With `own_group` the child leads a process group of its own.
int minke_spawn(
    const char *program, char *const arguments[], char *const environment[], const char *directory,
    int standard_input, int standard_output, int standard_error, int own_group, pid_t *pid);

/// A descriptor that becomes readable when the process ends, or -1 with errno set.
int minke_open_process(pid_t pid);

/// The program's environment, ended by NULL.
char **minke_environment(void);
