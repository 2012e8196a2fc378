#pragma once

// All descriptors made here are closed in children.

/// Makes a pipe; -1 with errno set where that fails.
int minke_pipe(int ends[2]);

/// Makes and opens a new file, whose name replaces the template's last six X; -1 with errno set where that fails.
int minke_temporary_file(char *path);

/// Makes an event descriptor that never blocks; -1 with errno set where that fails.
int minke_event(void);

/// Makes an event descriptor readable.
void minke_signal_event(int descriptor);
