#pragma once

#include "descriptors.h"
#include "signals.h"
#include "spawning.h"
