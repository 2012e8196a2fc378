#pragma once

/// Installs a handler that writes the signal's number, as one byte, to `descriptor`, which must not block. All signals
/// use the descriptor that was given last.
int minke_forward_signal(int number, int descriptor);

/// Restores the default action of a signal.
int minke_restore_signal(int number);

/// Ignores SIGPIPE: writing to a closed pipe is an error of the call instead of the end of the program.
void minke_ignore_broken_pipes(void);
