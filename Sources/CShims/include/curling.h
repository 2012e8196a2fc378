#pragma once

#include <curl/curl.h>

// Typed forms of curl_easy_setopt and curl_easy_getinfo, which are variadic, so that Swift cannot call them.

typedef size_t (*minke_curl_callback)(char *bytes, size_t size, size_t count, void *context);

CURLcode minke_curl_set_number(CURL *easy, CURLoption option, long value);
CURLcode minke_curl_set_size(CURL *easy, CURLoption option, curl_off_t value);
CURLcode minke_curl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode minke_curl_set_pointer(CURL *easy, CURLoption option, const void *value);
CURLcode minke_curl_set_callback(CURL *easy, CURLoption option, minke_curl_callback value);

/// The reason why libcurl cannot be loaded; NULL if it can. Loads it on the first call.
const char *minke_curl_missing(void);

/// The HTTP status of the response, or 0.
long minke_curl_status(CURL *easy);

/// The socket of a connection that was only opened (CURLOPT_CONNECT_ONLY), or -1.
int minke_curl_socket(CURL *easy);

/// Ends the sending half of a connection that was only opened, with or without TLS; 0 on success.
int minke_curl_end_sending(CURL *easy);

/// The result code of the only transfer of `multi`, or -1 while it is not done.
int minke_curl_result(CURLM *multi);
