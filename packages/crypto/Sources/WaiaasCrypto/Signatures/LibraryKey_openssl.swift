import COpenSSL

/// One key object of OpenSSL, for the algorithms with a digest of SHA-256.
///
/// It owns one reference, from `init` to `deinit`. The object is never changed after it was made, and its own counter is atomic, so any
/// number of threads may use it and `@unchecked Sendable` is sound. A private half lies in the library's heap, not in guarded memory;
/// the library zeroes it when the last reference goes.
final class LibraryKey: @unchecked Sendable {
    private let key: OpaquePointer

    /// Takes over a reference; nil if there is none.
    init?(owning key: OpaquePointer?) {
        guard let key else {
            ERR_clear_error()
            return nil
        }
        self.key = key
    }

    /// Reads a private key in DER, as `privateDER` gives it; nil if it is none, is of another kind, or does not agree with itself.
    init?(privateDER der: SecretBytes, kind: Int32) {
        let found = der.withBytes { der in
            der.withUnsafeBytes { der -> OpaquePointer? in
                var position = der.octets
                let found = d2i_PrivateKey(kind, nil, &position, der.count)
                guard position == der.octets.map({ $0 + der.count }) else {
                    EVP_PKEY_free(found)
                    return nil
                }
                return found
            }
        }
        guard let found else {
            ERR_clear_error()
            return nil
        }
        key = found
        guard let context = EVP_PKEY_CTX_new(found, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_check(context) == 1 else {
            ERR_clear_error()
            return nil
        }
    }

    deinit {
        EVP_PKEY_free(key)
    }

    /// The private key in DER, for sealing.
    func privateDER() throws(CryptoError) -> SecretBytes {
        let length = i2d_PrivateKey(key, nil)
        guard length > 0 else { throw .invalidKey }
        return try SecretBytes(count: Int(length)) { (output) throws(CryptoError) in
            let written = output.withUnsafeMutableBytes { output in
                var position = output.octets
                return i2d_PrivateKey(key, &position)
            }
            guard written == length else { throw .operationFailed("DER") }
        }
    }

    /// Signs a message, in the form of the library.
    func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .operationFailed("signature") }
        defer { EVP_MD_CTX_free(context) }
        var length = Int(EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSignInit_ex(context, nil, "SHA256", nil, nil, key, nil) == 1,
            EVP_DigestSign(context, &signature, &length, message, message.count) == 1, length <= signature.count
        else {
            ERR_clear_error()
            throw .operationFailed("signature")
        }
        return Array(signature.prefix(length))
    }

    /// Whether a signature, in the form of the library, is that of a message.
    func isValid(_ signature: [UInt8], for message: ArraySlice<UInt8>) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let isValid = message.withUnsafeBufferPointer { message in
            EVP_DigestVerifyInit_ex(context, nil, "SHA256", nil, nil, key, nil) == 1
                && EVP_DigestVerify(context, signature, signature.count, message.baseAddress, message.count) == 1
        }
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// A number of the key, big-endian.
    /// - Parameters:
    ///   - name: the library's name for it.
    ///   - length: pads with zeros on the left to this length; nil for the shortest form.
    func number(_ name: String, length: Int? = nil) throws(CryptoError) -> [UInt8] {
        var value: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &value) == 1 else { throw .invalidKey }
        defer { BN_free(value) }
        let count = length ?? Int((BN_num_bits(value) + 7) / 8)
        var bytes = [UInt8](repeating: 0, count: count)
        guard BN_bn2binpad(value, &bytes, Int32(count)) == Int32(count) else { throw .invalidKey }
        return bytes
    }
}
