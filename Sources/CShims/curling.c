#define _GNU_SOURCE
#include "curling.h"

#include "curl_loading.h"

#include <dlfcn.h>
#include <sys/socket.h>

CURLcode minke_curl_set_number(CURL *easy, CURLoption option, long value)
{
    return minke_curl_setopt()(easy, option, value);
}

CURLcode minke_curl_set_size(CURL *easy, CURLoption option, curl_off_t value)
{
    return minke_curl_setopt()(easy, option, value);
}

CURLcode minke_curl_set_text(CURL *easy, CURLoption option, const char *value)
{
    return minke_curl_setopt()(easy, option, value);
}

CURLcode minke_curl_set_pointer(CURL *easy, CURLoption option, const void *value)
{
    return minke_curl_setopt()(easy, option, value);
}

CURLcode minke_curl_set_callback(CURL *easy, CURLoption option, minke_curl_callback value)
{
    return minke_curl_setopt()(easy, option, value);
}

long minke_curl_status(CURL *easy)
{
    long status = 0;
    return minke_curl_getinfo()(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

int minke_curl_socket(CURL *easy)
{
    curl_socket_t number = CURL_SOCKET_BAD;
    return minke_curl_getinfo()(easy, CURLINFO_ACTIVESOCKET, &number) == CURLE_OK ? (int)number : -1;
}

int minke_curl_end_sending(CURL *easy)
{
    struct curl_tlssessioninfo *session = NULL;
    if (minke_curl_getinfo()(easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK && session && session->internals) {
        // libcurl has no function for this, and its TLS library is known only at run time.
        int (*end_tls)(void *) = NULL;
        if (session->backend == CURLSSLBACKEND_OPENSSL) *(void **)&end_tls = dlsym(RTLD_DEFAULT, "SSL_shutdown");
        return end_tls && end_tls(session->internals) >= 0 ? 0 : -1;
    }
    int number = minke_curl_socket(easy);
    return number < 0 ? -1 : shutdown(number, SHUT_WR);
}

int minke_curl_result(CURLM *multi)
{
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)))
        if (message->msg == CURLMSG_DONE) return (int)message->data.result;
    return -1;
}
