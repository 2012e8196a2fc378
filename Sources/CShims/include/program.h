#pragma once

#include <stddef.h>
#include <stdint.h>

/// Copies the build ID that the linker wrote into the running program, and returns its length; 0 if there is none.
size_t minke_build_id(uint8_t *bytes, size_t room);
