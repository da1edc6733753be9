import COpenSSL

/// AES-256-GCM with a nonce of 96 bits and a tag of 128, over OpenSSL.
enum AES256GCM {
    private static let nonceLength = Envelope.nonceLength
    private static let tagLength = Envelope.tagLength

    /// - Parameter prefix: bytes to put before the nonce.
    /// - Returns: prefix, nonce, ciphertext, tag.
    static func seal(
        _ plaintext: SecretBytes, key: SecretBytes, nonce: [UInt8], authenticating data: [UInt8], after prefix: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_CIPHER_CTX_new() else { throw .operationFailed("AES-256-GCM") }
        // Freeing the context also cleanses the key schedule.
        defer { EVP_CIPHER_CTX_free(context) }
        var result = prefix + nonce
        let start = result.count
        result.append(contentsOf: repeatElement(0, count: plaintext.count + tagLength))

        let isDone = key.withBytes { key in
            key.withUnsafeBytes { key in
                plaintext.withBytes { plaintext in
                    plaintext.withUnsafeBytes { plaintext in
                        result.withUnsafeMutableBufferPointer { result in
                            guard let output = result.baseAddress.map({ $0 + start }) else { return false }
                            var length: Int32 = 0
                            var rest: Int32 = 0
                            return EVP_EncryptInit_ex2(context, EVP_aes_256_gcm(), key.octets, nonce, nil) == 1
                                && EVP_EncryptUpdate(context, nil, &length, data, Int32(data.count)) == 1
                                && EVP_EncryptUpdate(context, output, &length, plaintext.octets, Int32(plaintext.count)) == 1
                                && EVP_EncryptFinal_ex(context, output + Int(length), &rest) == 1
                                && Int(length) + Int(rest) == plaintext.count
                                && EVP_CIPHER_CTX_ctrl(
                                    context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), output + plaintext.count) == 1
                        }
                    }
                }
            }
        }
        guard isDone else { throw .operationFailed("AES-256-GCM") }
        return result
    }

    /// - Parameter sealed: nonce, ciphertext, tag.
    static func open(_ sealed: ArraySlice<UInt8>, key: SecretBytes, authenticating data: [UInt8]) throws(CryptoError) -> SecretBytes {
        guard sealed.count >= nonceLength + tagLength else { throw .authenticationFailure }
        guard let context = EVP_CIPHER_CTX_new() else { throw .operationFailed("AES-256-GCM") }
        defer { EVP_CIPHER_CTX_free(context) }
        let nonce = Array(sealed.prefix(nonceLength))
        let ciphertext = Array(sealed.dropFirst(nonceLength).dropLast(tagLength))
        var tag = Array(sealed.suffix(tagLength))

        return try SecretBytes(count: ciphertext.count) { (output) throws(CryptoError) in
            let isAuthentic = key.withBytes { key in
                key.withUnsafeBytes { key in
                    output.withUnsafeMutableBytes { output in
                        // An empty secret still needs an address: with none the library would take the call for more associated data.
                        var nothing: UInt8 = 0
                        return withUnsafeMutablePointer(to: &nothing) { nothing in
                            let target = output.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? nothing
                            var length: Int32 = 0
                            var rest: Int32 = 0
                            return EVP_DecryptInit_ex2(context, EVP_aes_256_gcm(), key.octets, nonce, nil) == 1
                                && EVP_DecryptUpdate(context, nil, &length, data, Int32(data.count)) == 1
                                && EVP_DecryptUpdate(context, target, &length, ciphertext, Int32(ciphertext.count)) == 1
                                && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag) == 1
                                && EVP_DecryptFinal_ex(context, target + Int(length), &rest) == 1
                        }
                    }
                }
            }
            guard isAuthentic else { throw .authenticationFailure }
        }
    }
}
