#pragma once

#include "curling.h"
#include "descriptors.h"
#include "signals.h"
#include "spawning.h"
