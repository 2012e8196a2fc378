// libcurl is loaded when one of its functions is first called, not when the program starts: loading it and the thirty
// libraries that it needs takes as long as everything else in a short command.
//
// The forwarding functions are hidden, so that libcurl and other libraries never call them instead of libcurl's own.
#include "curl_loading.h"

#include "curling.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *library;
static char reason[256];

static void load(void)
{
    // RTLD_GLOBAL, since minke_curl_end_sending looks up a function of the TLS library that libcurl brings.
    library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_GLOBAL);
    if (!library) snprintf(reason, sizeof reason, "%s", dlerror());
}

static void *function(const char *name)
{
    pthread_once(&once, load);
    return library ? dlsym(library, name) : NULL;
}

const char *minke_curl_missing(void)
{
    pthread_once(&once, load);
    return library ? NULL : reason;
}

// Defines a function that looks up the real one once and calls it, or returns `otherwise` if libcurl is missing.
#define FORWARD(type, name, parameters, arguments, otherwise)               \
    __attribute__((visibility("hidden"))) type name parameters              \
    {                                                                       \
        static __typeof__(&name) real;                                      \
        __typeof__(&name) found = __atomic_load_n(&real, __ATOMIC_RELAXED); \
        if (!found) {                                                       \
            found = (__typeof__(&name))function(#name);                     \
            if (!found) return otherwise;                                   \
            __atomic_store_n(&real, found, __ATOMIC_RELAXED);               \
        }                                                                   \
        return found arguments;                                             \
    }
#define NOTHING

FORWARD(CURLcode, curl_global_init, (long flags), (flags), CURLE_FAILED_INIT)
FORWARD(CURL *, curl_easy_init, (void), (), NULL)
FORWARD(void, curl_easy_cleanup, (CURL * easy), (easy), NOTHING)
FORWARD(void, curl_easy_reset, (CURL * easy), (easy), NOTHING)
FORWARD(CURLcode, curl_easy_perform, (CURL * easy), (easy), CURLE_FAILED_INIT)
FORWARD(CURLcode, curl_easy_recv, (CURL * easy, void *buffer, size_t size, size_t *count), (easy, buffer, size, count),
        CURLE_FAILED_INIT)
FORWARD(CURLcode, curl_easy_send, (CURL * easy, const void *buffer, size_t size, size_t *count),
        (easy, buffer, size, count), CURLE_FAILED_INIT)
FORWARD(const char *, curl_easy_strerror, (CURLcode code), (code), "libcurl is missing")
FORWARD(CURLM *, curl_multi_init, (void), (), NULL)
FORWARD(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi), CURLM_INTERNAL_ERROR)
FORWARD(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)
FORWARD(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy), CURLM_INTERNAL_ERROR)
FORWARD(CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running), CURLM_INTERNAL_ERROR)
FORWARD(CURLMcode, curl_multi_poll,
        (CURLM * multi, struct curl_waitfd extra[], unsigned count, int milliseconds, int *ready),
        (multi, extra, count, milliseconds, ready), CURLM_INTERNAL_ERROR)
FORWARD(CURLMcode, curl_multi_wakeup, (CURLM * multi), (multi), CURLM_INTERNAL_ERROR)
FORWARD(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left), NULL)
FORWARD(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text), (list, text), NULL)
FORWARD(void, curl_slist_free_all, (struct curl_slist * list), (list), NOTHING)

static CURLcode no_option(CURL *easy, CURLoption option, ...)
{
    (void)easy, (void)option;
    return CURLE_FAILED_INIT;
}

static CURLcode no_information(CURL *easy, CURLINFO information, ...)
{
    (void)easy, (void)information;
    return CURLE_FAILED_INIT;
}

minke_curl_setter minke_curl_setopt(void)
{
    minke_curl_setter real = (minke_curl_setter)function("curl_easy_setopt");
    return real ? real : no_option;
}

minke_curl_getter minke_curl_getinfo(void)
{
    minke_curl_getter real = (minke_curl_getter)function("curl_easy_getinfo");
    return real ? real : no_information;
}
