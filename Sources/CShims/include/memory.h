#pragma once

/// Makes all threads share one malloc arena that grows in large steps. Arenas of threads grow page by page, each time
/// with a system call, which does not pay off in a short-lived command.
void minke_share_heap(void);
