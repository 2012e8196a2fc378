#pragma once

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take a variable number of arguments, which Swift cannot pass.

typedef size_t (*minke_curl_callback)(char *bytes, size_t size, size_t count, void *context);

CURLcode minke_curl_set_number(CURL *easy, CURLoption option, long value);
CURLcode minke_curl_set_size(CURL *easy, CURLoption option, curl_off_t value);
CURLcode minke_curl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode minke_curl_set_pointer(CURL *easy, CURLoption option, const void *value);
CURLcode minke_curl_set_callback(CURL *easy, CURLoption option, minke_curl_callback value);

/// Why libcurl, which is loaded when it is first needed, cannot be; null where it can.
const char *minke_curl_missing(void);

/// The status of the response, or 0.
long minke_curl_status(CURL *easy);

/// The socket of a connection that was only opened, or -1.
int minke_curl_socket(CURL *easy);

/// Ends the sending half of a connection that was only opened, with TLS or without; 0 where that worked.
int minke_curl_end_sending(CURL *easy);

/// The result of the only transfer of `multi`, or -1 while it is not done.
int minke_curl_result(CURLM *multi);
