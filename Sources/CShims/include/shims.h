#pragma once

#include "curling.h"
#include "descriptors.h"
#include "memory.h"
#include "program.h"
#include "signals.h"
#include "spawning.h"
