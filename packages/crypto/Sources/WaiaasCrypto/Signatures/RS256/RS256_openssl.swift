import COpenSSL

extension RS256PublicKey {
    static func libraryKey(modulus: [UInt8], exponent: [UInt8]) -> LibraryKey? {
        LibraryKey(owning: waiaas_rsa_public(modulus, Int32(modulus.count), exponent, Int32(exponent.count)))
    }
}

extension RS256PrivateKey {
    private static let bits = 2_048

    static func generateLibraryKey() -> LibraryKey? {
        LibraryKey(owning: waiaas_rsa_generate(bits))
    }

    static func libraryKey(der: SecretBytes) -> LibraryKey? {
        LibraryKey(privateDER: der, kind: EVP_PKEY_RSA)
    }

    static func publicKey(of key: LibraryKey) throws(CryptoError) -> RS256PublicKey {
        try RS256PublicKey(modulus: key.number(OSSL_PKEY_PARAM_RSA_N), exponent: key.number(OSSL_PKEY_PARAM_RSA_E))
    }
}
