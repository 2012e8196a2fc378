#pragma once
#include <stdint.h>

/// The lowest address of the calling thread's stack; 0 if it cannot be determined.
uintptr_t minke_stack_lowest_address(void);
