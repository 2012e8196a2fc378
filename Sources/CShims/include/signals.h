#pragma once

/// From now on each arrival of `number` writes the number as one byte to `descriptor`, which must not block.
int minke_forward_signal(int number, int descriptor);

/// Gives `number` its default effect back.
int minke_restore_signal(int number);

/// Makes writing to a closed pipe an error of the call instead of the end of the program.
void minke_ignore_broken_pipes(void);
