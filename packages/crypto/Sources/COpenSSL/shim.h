#ifndef WAIAAS_COPENSSL_SHIM_H
#define WAIAAS_COPENSSL_SHIM_H

// The SHA256_* functions are marked deprecated since OpenSSL 3.0 in favour of EVP, which keeps its state in an opaque heap block that
// it allocates for each message. We need the state as plain memory: a keyed HMAC state is as secret as the key and lives in locked,
// zeroed memory of ours, and one digest costs no allocation.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

// HKDF with SHA-256 (RFC 5869). OSSL_PARAM keeps the addresses of its names and values until the call that reads them, longer than
// Swift lends out the address of a string; so the list is built here. Returns 1 when the output is filled.
static inline int waiaas_hkdf_sha256(
    unsigned char *output, size_t output_length, const void *key, size_t key_length, const void *salt, size_t salt_length,
    const void *info, size_t info_length) {
    EVP_KDF *function = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = function ? EVP_KDF_CTX_new(function) : NULL;
    EVP_KDF_free(function);
    // The parameters are only read, though their type does not say so.
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, key_length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_length),
        OSSL_PARAM_construct_end(),
    };
    int done = context && EVP_KDF_derive(context, output, output_length, parameters) == 1;
    EVP_KDF_CTX_free(context);
    return done;
}

#endif
