import COpenSSL

extension ES256PublicKey {
    /// The byte that begins a point given by both coordinates (SEC 1 section 2.3.3).
    private static let uncompressed: UInt8 = 4

    static func libraryKey(x: [UInt8], y: [UInt8]) -> LibraryKey? {
        LibraryKey(owning: waiaas_p256_public([uncompressed] + x + y))
    }

    /// A signature in DER, from the two numbers side by side; nil for any other length.
    static func libraryForm(of signature: [UInt8]) -> [UInt8]? {
        guard signature.count == 2 * coordinateLength, let form = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(form) }
        let length = Int32(coordinateLength)
        let numbers = signature.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { (BN_bin2bn($0, length, nil), BN_bin2bn($0 + coordinateLength, length, nil)) }
        }
        // From here on the form owns the numbers.
        guard let (r, s) = numbers, ECDSA_SIG_set0(form, r, s) == 1 else { return nil }
        var encoded = [UInt8](repeating: 0, count: Int(max(0, i2d_ECDSA_SIG(form, nil))))
        let written = encoded.withUnsafeMutableBufferPointer { bytes in
            var position = bytes.baseAddress
            return i2d_ECDSA_SIG(form, &position)
        }
        return Int(written) == encoded.count ? encoded : nil
    }
}

extension ES256PrivateKey {
    static func generateLibraryKey() -> LibraryKey? {
        LibraryKey(owning: waiaas_p256_generate())
    }

    static func libraryKey(der: SecretBytes) -> LibraryKey? {
        LibraryKey(privateDER: der, kind: EVP_PKEY_EC)
    }

    /// Fails for a key of another curve, whose point the public key does not take.
    static func publicKey(of key: LibraryKey) throws(CryptoError) -> ES256PublicKey {
        try ES256PublicKey(
            x: key.number(OSSL_PKEY_PARAM_EC_PUB_X, length: ES256PublicKey.coordinateLength),
            y: key.number(OSSL_PKEY_PARAM_EC_PUB_Y, length: ES256PublicKey.coordinateLength))
    }

    /// The two numbers of a signature side by side, from DER.
    static func joseForm(of signature: [UInt8]) throws(CryptoError) -> [UInt8] {
        let length = ES256PublicKey.coordinateLength
        var result = [UInt8](repeating: 0, count: 2 * length)
        let isDone = signature.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            guard let form = d2i_ECDSA_SIG(nil, &position, bytes.count) else { return false }
            defer { ECDSA_SIG_free(form) }
            return result.withUnsafeMutableBufferPointer { output in
                guard let output = output.baseAddress else { return false }
                return BN_bn2binpad(ECDSA_SIG_get0_r(form), output, Int32(length)) == Int32(length)
                    && BN_bn2binpad(ECDSA_SIG_get0_s(form), output + length, Int32(length)) == Int32(length)
            }
        }
        guard isDone else { throw .operationFailed("P-256") }
        return result
    }
}
