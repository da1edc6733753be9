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

// A macro with a cast, which Swift does not import.
static inline int waiaas_rsa_pkcs1_padding(EVP_PKEY_CTX *context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
}

#endif
