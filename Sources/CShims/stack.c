#define _GNU_SOURCE
#include "stack.h"
#include <pthread.h>

uintptr_t minke_stack_lowest_address(void)
{
    pthread_attr_t attributes;
    void *address = 0;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
    if (pthread_attr_getstack(&attributes, &address, &size) != 0) address = 0;
    pthread_attr_destroy(&attributes);
    return (uintptr_t)address;
}
