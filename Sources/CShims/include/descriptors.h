#pragma once

// All descriptors made here are close-on-exec.

/// Makes a pipe; -1 with errno set on failure.
int minke_pipe(int ends[2]);

/// Creates and opens a new file, whose name replaces the last six X of the template; -1 with errno set on failure.
int minke_temporary_file(char *path);

/// Makes a non-blocking event descriptor (eventfd); -1 with errno set on failure.
int minke_event(void);

/// Makes an event descriptor readable.
void minke_signal_event(int descriptor);
