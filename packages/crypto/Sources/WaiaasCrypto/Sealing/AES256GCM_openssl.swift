import COpenSSL

/// AES-256-GCM with a nonce of 96 bits and a tag of 128, over OpenSSL.
enum AES256GCM {
    /// The library's cipher, looked up once: to find it by name at each message costs more than to seal a short one. Never freed and never
    /// changed, so any thread may use it.
    nonisolated(unsafe) private static let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
    private static let nonceLength = Envelope.nonceLength
    private static let tagLength = Envelope.tagLength

    /// Seals a secret.
    ///
    /// - Parameter prefix: bytes to put before the nonce.
    /// - Returns: prefix, nonce, ciphertext, tag.
    static func seal(
        _ plaintext: SecretBytes, key: SecretBytes, nonce: [UInt8], authenticating data: [UInt8], after prefix: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        var result = prefix + nonce
        let start = result.count
        result.append(contentsOf: repeatElement(0, count: plaintext.count + tagLength))
        let isDone = plaintext.withBytes { plaintext in
            plaintext.withUnsafeBytes { plaintext in
                result.withUnsafeMutableBufferPointer { result in
                    encrypt(plaintext, key: key, nonce: nonce, authenticating: data, to: result.baseAddress.map { $0 + start })
                }
            }
        }
        guard isDone else { throw .operationFailed("AES-256-GCM") }
        return result
    }

    /// Opens a secret.
    ///
    /// - Parameter sealed: nonce, ciphertext, tag.
    static func open(
        _ sealed: ArraySlice<UInt8>, key: SecretBytes, authenticating data: [UInt8], life: SecretBytes.Life
    ) throws(CryptoError) -> SecretBytes {
        guard sealed.count >= nonceLength + tagLength else { throw .authenticationFailure }
        let nonce = Array(sealed.prefix(nonceLength))
        let rest = sealed.dropFirst(nonceLength)
        return try SecretBytes(count: rest.count - tagLength, life: life) { (output) throws(CryptoError) in
            let isAuthentic = output.withUnsafeMutableBytes { output in
                decrypt(rest, key: key, nonce: nonce, authenticating: data, to: output.baseAddress?.assumingMemoryBound(to: UInt8.self))
            }
            guard isAuthentic else { throw .authenticationFailure }
        }
    }

    /// Seals bytes that need no locked memory.
    ///
    /// - Returns: ciphertext, tag.
    static func seal(
        _ plaintext: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: plaintext.count + tagLength)
        let isDone = plaintext.withUnsafeBytes { plaintext in
            result.withUnsafeMutableBufferPointer { result in
                encrypt(plaintext, key: key, nonce: nonce, authenticating: data, to: result.baseAddress)
            }
        }
        guard isDone else { throw .operationFailed("AES-256-GCM") }
        return result
    }

    /// Opens bytes that need no locked memory.
    ///
    /// - Parameter sealed: ciphertext, tag.
    static func open(
        _ sealed: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating data: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard sealed.count >= tagLength else { throw .authenticationFailure }
        var result = [UInt8](repeating: 0, count: sealed.count - tagLength)
        let isAuthentic = result.withUnsafeMutableBufferPointer { result in
            decrypt(sealed[...], key: key, nonce: nonce, authenticating: data, to: result.baseAddress)
        }
        guard isAuthentic else { throw .authenticationFailure }
        return result
    }

    /// - Parameter output: room for the ciphertext and the tag.
    private static func encrypt(
        _ plaintext: UnsafeRawBufferPointer, key: SecretBytes, nonce: [UInt8], authenticating data: [UInt8],
        to output: UnsafeMutablePointer<UInt8>?
    ) -> Bool {
        guard let output, let count = Int32(exactly: plaintext.count), let context = EVP_CIPHER_CTX_new() else { return false }
        // Freeing the context also cleanses the key schedule.
        defer { EVP_CIPHER_CTX_free(context) }
        var (length, rest) = (Int32(0), Int32(0))
        return key.withBytes { key in
            key.withUnsafeBytes { key in
                EVP_EncryptInit_ex2(context, cipher, key.octets, nonce, nil) == 1
                    && EVP_EncryptUpdate(context, nil, &length, data, Int32(data.count)) == 1
                    && EVP_EncryptUpdate(context, output, &length, plaintext.octets, count) == 1
                    && EVP_EncryptFinal_ex(context, output + Int(length), &rest) == 1
                    && length + rest == count
                    && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), output + plaintext.count) == 1
            }
        }
    }

    /// - Parameters:
    ///   - sealed: ciphertext, tag; at least the tag.
    ///   - output: room for the plaintext; nil if that is empty.
    private static func decrypt(
        _ sealed: ArraySlice<UInt8>, key: SecretBytes, nonce: [UInt8], authenticating data: [UInt8],
        to output: UnsafeMutablePointer<UInt8>?
    ) -> Bool {
        guard let count = Int32(exactly: sealed.count - tagLength), let context = EVP_CIPHER_CTX_new() else { return false }
        defer { EVP_CIPHER_CTX_free(context) }
        let ciphertext = Array(sealed.dropLast(tagLength))
        var tag = Array(sealed.suffix(tagLength))
        // An empty plaintext still needs an address: with none the library would take the call for more associated data.
        var nothing: UInt8 = 0
        return withUnsafeMutablePointer(to: &nothing) { nothing in
            let target = output ?? nothing
            var (length, rest) = (Int32(0), Int32(0))
            return key.withBytes { key in
                key.withUnsafeBytes { key in
                    EVP_DecryptInit_ex2(context, cipher, key.octets, nonce, nil) == 1
                        && EVP_DecryptUpdate(context, nil, &length, data, Int32(data.count)) == 1
                        && EVP_DecryptUpdate(context, target, &length, ciphertext, count) == 1
                        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag) == 1
                        && EVP_DecryptFinal_ex(context, target + Int(length), &rest) == 1
                }
            }
        }
    }
}
