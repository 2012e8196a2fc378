#pragma once

#include <curl/curl.h>

typedef CURLcode (*minke_curl_setter)(CURL *easy, CURLoption option, ...);
typedef CURLcode (*minke_curl_getter)(CURL *easy, CURLINFO information, ...);

/// The functions of libcurl that take a variable number of arguments, and so cannot be forwarded.
minke_curl_setter minke_curl_setopt(void);
minke_curl_getter minke_curl_getinfo(void);
