// libcrypto is loaded when the first of its functions is called, not when the program starts: few commands sign or read
// a certificate, and its twenty thousand relocations take longer than most of the others' work.
//
// These functions are hidden so that libcrypto itself, and libcurl's TLS, never call them instead of its own.
#include "crypto_loading.h"

#include <dlfcn.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *library;
static char reason[256];

static void load(void)
{
    library = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!library) snprintf(reason, sizeof reason, "%s", dlerror());
}

static void *function(const char *name)
{
    pthread_once(&once, load);
    return library ? dlsym(library, name) : NULL;
}

const char *minke_crypto_missing(void)
{
    pthread_once(&once, load);
    return library ? NULL : reason;
}

// A function that looks for the real one once; what it returns where there is none is a failure to its callers.
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

FORWARD(void, ASN1_OCTET_STRING_free, (ASN1_OCTET_STRING *a), (a), NOTHING)
FORWARD(void, ASN1_STRING_free, (ASN1_STRING *a), (a), NOTHING)
FORWARD(const unsigned char *, ASN1_STRING_get0_data, (const ASN1_STRING *a), (a), NULL)
FORWARD(int, ASN1_STRING_length, (const ASN1_STRING *a), (a), 0)
FORWARD(int, ASN1_STRING_set, (ASN1_STRING *a, const void *b, int c), (a, b, c), 0)
FORWARD(int, ASN1_STRING_to_UTF8, (unsigned char **a, const ASN1_STRING *b), (a, b), 0)
FORWARD(ASN1_STRING *, ASN1_STRING_type_new, (int a), (a), NULL)
FORWARD(ASN1_TIME *, ASN1_TIME_set, (ASN1_TIME *a, time_t b), (a, b), NULL)
FORWARD(int, ASN1_TIME_to_tm, (const ASN1_TIME *a, struct tm *b), (a, b), 0)
FORWARD(long, BIO_ctrl, (BIO *a, int b, long c, void *d), (a, b, c, d), 0)
FORWARD(int, BIO_free, (BIO *a), (a), 0)
FORWARD(BIO *, BIO_new, (const BIO_METHOD *a), (a), NULL)
FORWARD(const BIO_METHOD *, BIO_s_mem, (void), (), NULL)
FORWARD(int, BIO_write, (BIO *a, const void *b, int c), (a, b, c), 0)
FORWARD(BIGNUM *, BN_bin2bn, (const unsigned char *a, int b, BIGNUM *c), (a, b, c), NULL)
FORWARD(int, BN_clear_bit, (BIGNUM *a, int b), (a, b), 0)
FORWARD(void, BN_free, (BIGNUM *a), (a), NOTHING)
FORWARD(ASN1_INTEGER *, BN_to_ASN1_INTEGER, (const BIGNUM *a, ASN1_INTEGER *b), (a, b), NULL)
FORWARD(void, CRYPTO_free, (void *a, const char *b, int c), (a, b, c), NOTHING)
FORWARD(void, ERR_clear_error, (void), (), NOTHING)
FORWARD(void, ERR_error_string_n, (unsigned long a, char *b, size_t c), (a, b, c), NOTHING)
FORWARD(unsigned long, ERR_get_error, (void), (), 0)
FORWARD(void, EVP_PKEY_CTX_free, (EVP_PKEY_CTX *a), (a), NOTHING)
FORWARD(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_from_name, (OSSL_LIB_CTX *a, const char *b, const char *c), (a, b, c), NULL)
FORWARD(int, EVP_PKEY_CTX_set_group_name, (EVP_PKEY_CTX *a, const char *b), (a, b), 0)
FORWARD(void, EVP_PKEY_free, (EVP_PKEY *a), (a), NOTHING)
FORWARD(int, EVP_PKEY_generate, (EVP_PKEY_CTX *a, EVP_PKEY **b), (a, b), 0)
FORWARD(int, EVP_PKEY_keygen_init, (EVP_PKEY_CTX *a), (a), 0)
FORWARD(const EVP_MD *, EVP_sha256, (void), (), NULL)
FORWARD(void, GENERAL_NAMES_free, (GENERAL_NAMES *a), (a), NOTHING)
FORWARD(void, GENERAL_NAME_free, (GENERAL_NAME *a), (a), NOTHING)
FORWARD(void *, GENERAL_NAME_get0_value, (const GENERAL_NAME *a, int *b), (a, b), NULL)
FORWARD(GENERAL_NAME *, GENERAL_NAME_new, (void), (), NULL)
FORWARD(void, GENERAL_NAME_set0_value, (GENERAL_NAME *a, int b, void *c), (a, b, c), NOTHING)
FORWARD(unsigned char *, HMAC,
        (const EVP_MD *a, const void *b, int c, const unsigned char *d, size_t e, unsigned char *f, unsigned int *g),
        (a, b, c, d, e, f, g), NULL)
FORWARD(OPENSSL_STACK *, OPENSSL_sk_new_null, (void), (), NULL)
FORWARD(int, OPENSSL_sk_num, (const OPENSSL_STACK *a), (a), 0)
FORWARD(int, OPENSSL_sk_push, (OPENSSL_STACK *a, const void *b), (a, b), 0)
FORWARD(void *, OPENSSL_sk_value, (const OPENSSL_STACK *a, int b), (a, b), NULL)
FORWARD(EVP_PKEY *, PEM_read_bio_PrivateKey, (BIO *a, EVP_PKEY **b, pem_password_cb *c, void *d), (a, b, c, d), NULL)
FORWARD(X509 *, PEM_read_bio_X509, (BIO *a, X509 **b, pem_password_cb *c, void *d), (a, b, c, d), NULL)
FORWARD(int, PEM_write_bio_PKCS8PrivateKey,
        (BIO *a, const EVP_PKEY *b, const EVP_CIPHER *c, const char *d, int e, pem_password_cb *f, void *g),
        (a, b, c, d, e, f, g), 0)
FORWARD(int, PEM_write_bio_X509, (BIO *a, const X509 *b), (a, b), 0)
FORWARD(int, RAND_bytes, (unsigned char *a, int b), (a, b), 0)
FORWARD(X509_EXTENSION *, X509V3_EXT_conf_nid,
        (struct lhash_st_CONF_VALUE *a, X509V3_CTX *b, int c, const char *d),
        (a, b, c, d), NULL)
FORWARD(void, X509V3_set_ctx,
        (X509V3_CTX *a, X509 *b, X509 *c, X509_REQ *d, X509_CRL *e, int f),
        (a, b, c, d, e, f), NOTHING)
FORWARD(void, X509_EXTENSION_free, (X509_EXTENSION *a), (a), NOTHING)
FORWARD(ASN1_STRING *, X509_NAME_ENTRY_get_data, (const X509_NAME_ENTRY *a), (a), NULL)
FORWARD(int, X509_NAME_add_entry_by_txt,
        (X509_NAME *a, const char *b, int c, const unsigned char *d, int e, int f, int g),
        (a, b, c, d, e, f, g), 0)
FORWARD(int, X509_NAME_cmp, (const X509_NAME *a, const X509_NAME *b), (a, b), 0)
FORWARD(X509_NAME_ENTRY *, X509_NAME_get_entry, (const X509_NAME *a, int b), (a, b), NULL)
FORWARD(int, X509_NAME_get_index_by_NID, (const X509_NAME *a, int b, int c), (a, b, c), 0)
FORWARD(int, X509_add1_ext_i2d, (X509 *a, int b, void *c, int d, unsigned long e), (a, b, c, d, e), 0)
FORWARD(int, X509_add_ext, (X509 *a, X509_EXTENSION *b, int c), (a, b, c), 0)
FORWARD(int, X509_check_ca, (X509 *a), (a), 0)
FORWARD(int, X509_check_host, (X509 *a, const char *b, size_t c, unsigned int d, char **e), (a, b, c, d, e), 0)
FORWARD(int, X509_check_ip_asc, (X509 *a, const char *b, unsigned int c), (a, b, c), 0)
FORWARD(int, X509_check_private_key, (const X509 *a, const EVP_PKEY *b), (a, b), 0)
FORWARD(void, X509_free, (X509 *a), (a), NOTHING)
FORWARD(const ASN1_TIME *, X509_get0_notAfter, (const X509 *a), (a), NULL)
FORWARD(const ASN1_TIME *, X509_get0_notBefore, (const X509 *a), (a), NULL)
FORWARD(EVP_PKEY *, X509_get0_pubkey, (const X509 *a), (a), NULL)
FORWARD(void *, X509_get_ext_d2i, (const X509 *a, int b, int *c, int *d), (a, b, c, d), NULL)
FORWARD(X509_NAME *, X509_get_issuer_name, (const X509 *a), (a), NULL)
FORWARD(ASN1_INTEGER *, X509_get_serialNumber, (X509 *a), (a), NULL)
FORWARD(X509_NAME *, X509_get_subject_name, (const X509 *a), (a), NULL)
FORWARD(ASN1_TIME *, X509_getm_notAfter, (const X509 *a), (a), NULL)
FORWARD(ASN1_TIME *, X509_getm_notBefore, (const X509 *a), (a), NULL)
FORWARD(X509 *, X509_new, (void), (), NULL)
FORWARD(int, X509_set_issuer_name, (X509 *a, const X509_NAME *b), (a, b), 0)
FORWARD(int, X509_set_pubkey, (X509 *a, EVP_PKEY *b), (a, b), 0)
FORWARD(int, X509_set_version, (X509 *a, long b), (a, b), 0)
FORWARD(int, X509_sign, (X509 *a, EVP_PKEY *b, const EVP_MD *c), (a, b, c), 0)
FORWARD(int, X509_verify, (X509 *a, EVP_PKEY *b), (a, b), 0)
FORWARD(ASN1_OCTET_STRING *, a2i_IPADDRESS, (const char *a), (a), NULL)
