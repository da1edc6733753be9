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
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

// A public key of a provider from named parameters; NULL if the values are no such key. OSSL_PARAM keeps the addresses of its names and
// values until the call that reads them, longer than Swift lends out the address of a string; so the list is built here.
static inline EVP_PKEY *waiaas_key_from(const char *algorithm, OSSL_PARAM_BLD *builder) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, algorithm, NULL);
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY *key = NULL;
    if (!context || !parameters || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    OSSL_PARAM_free(parameters);
    EVP_PKEY_CTX_free(context);
    return key;
}

// The RSA public key of a modulus and an exponent, both big-endian.
static inline EVP_PKEY *waiaas_rsa_public(const unsigned char *n, int n_length, const unsigned char *e, int e_length) {
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    BIGNUM *modulus = BN_bin2bn(n, n_length, NULL);
    BIGNUM *exponent = BN_bin2bn(e, e_length, NULL);
    EVP_PKEY *key = NULL;
    if (builder && modulus && exponent && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent) == 1)
        key = waiaas_key_from("RSA", builder);
    BN_free(modulus);
    BN_free(exponent);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

// The P-256 public key of an uncompressed point of 65 bytes; NULL if it is not on the curve.
static inline EVP_PKEY *waiaas_p256_public(const unsigned char *point) {
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    if (builder && OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, 65) == 1)
        key = waiaas_key_from("EC", builder);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

// Two variadic functions behind macros.
static inline EVP_PKEY *waiaas_rsa_generate(size_t bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *waiaas_p256_generate(void) { return EVP_EC_gen("P-256"); }

#endif
