#include "memory.h"

#include <malloc.h>

void minke_share_heap(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, 1 << 20);
}
