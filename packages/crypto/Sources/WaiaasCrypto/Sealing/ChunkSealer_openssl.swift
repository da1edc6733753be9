import COpenSSL

extension ChunkSealer {
    /// - Returns: ciphertext, tag.
    func seal(_ chunk: [UInt8], nonce: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_CIPHER_CTX_new() else { throw .operationFailed("AES-256-GCM") }
        // Freeing the context also cleanses the key schedule.
        defer { EVP_CIPHER_CTX_free(context) }
        var result = [UInt8](repeating: 0, count: chunk.count + Self.overhead)
        let isDone = key.withBytes { key in
            key.withUnsafeBytes { key in
                result.withUnsafeMutableBufferPointer { result in
                    guard let output = result.baseAddress else { return false }
                    var length: Int32 = 0
                    var rest: Int32 = 0
                    return EVP_EncryptInit_ex2(context, EVP_aes_256_gcm(), key.octets, nonce, nil) == 1
                        && EVP_EncryptUpdate(context, nil, &length, binding, Int32(binding.count)) == 1
                        && EVP_EncryptUpdate(context, output, &length, chunk, Int32(chunk.count)) == 1
                        && EVP_EncryptFinal_ex(context, output + Int(length), &rest) == 1
                        && Int(length) + Int(rest) == chunk.count
                        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.overhead), output + chunk.count) == 1
                }
            }
        }
        guard isDone else { throw .operationFailed("AES-256-GCM") }
        return result
    }

    /// - Parameter sealed: ciphertext, tag; at least the tag.
    func open(_ sealed: [UInt8], nonce: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_CIPHER_CTX_new() else { throw .operationFailed("AES-256-GCM") }
        defer { EVP_CIPHER_CTX_free(context) }
        let count = sealed.count - Self.overhead
        var tag = Array(sealed.suffix(Self.overhead))
        // One byte more than is wanted: an empty chunk still needs an address.
        var result = [UInt8](repeating: 0, count: count + 1)
        let isAuthentic = key.withBytes { key in
            key.withUnsafeBytes { key in
                result.withUnsafeMutableBufferPointer { result in
                    guard let output = result.baseAddress else { return false }
                    var length: Int32 = 0
                    var rest: Int32 = 0
                    return EVP_DecryptInit_ex2(context, EVP_aes_256_gcm(), key.octets, nonce, nil) == 1
                        && EVP_DecryptUpdate(context, nil, &length, binding, Int32(binding.count)) == 1
                        && EVP_DecryptUpdate(context, output, &length, sealed, Int32(count)) == 1
                        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.overhead), &tag) == 1
                        && EVP_DecryptFinal_ex(context, output + Int(length), &rest) == 1
                }
            }
        }
        guard isAuthentic else { throw .authenticationFailure }
        result.removeLast()
        return result
    }
}
