#pragma once

#include <curl/curl.h>

typedef CURLcode (*minke_curl_setter)(CURL *easy, CURLoption option, ...);
typedef CURLcode (*minke_curl_getter)(CURL *easy, CURLINFO information, ...);

/// libcurl's variadic functions, which cannot be forwarded; if libcurl is missing, functions that always fail.
minke_curl_setter minke_curl_setopt(void);
minke_curl_getter minke_curl_getinfo(void);
