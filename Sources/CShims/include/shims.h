#pragma once

#include "crypto_loading.h"
#include "curling.h"
#include "descriptors.h"
#include "hashing.h"
#include "memory.h"
#include "program.h"
#include "signals.h"
#include "spawning.h"
