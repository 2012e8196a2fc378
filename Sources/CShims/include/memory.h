#pragma once

/// Lets all threads share one heap that grows in large steps. Threads' own heaps grow page by page, each with a system
/// call, which a command that ends soon never makes up for.
void minke_share_heap(void);
