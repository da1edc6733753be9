import CSodium

extension Ed25519PrivateKey {
    static func expand(_ seed: SecretBytes) throws(CryptoError) -> (SecretBytes, Ed25519PublicKey) {
        var point = [UInt8](repeating: 0, count: Ed25519PublicKey.byteCount)
        let expanded = try SecretBytes(count: Int(crypto_sign_SECRETKEYBYTES)) { (output) throws(CryptoError) in
            let isDone = output.withUnsafeMutableBytes { output in
                seed.withBytes { seed in
                    seed.withUnsafeBytes { seed in
                        guard let output = output.octets, let seed = seed.octets else { return false }
                        return crypto_sign_seed_keypair(&point, output, seed) == 0
                    }
                }
            }
            guard isDone else { throw .operationFailed("Ed25519") }
        }
        return (expanded, Ed25519PublicKey(computed: point))
    }

    func signature(of message: [UInt8]) throws(CryptoError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Int(crypto_sign_BYTES))
        let isDone = expanded.withBytes { key in
            key.withUnsafeBytes { key in
                guard let key = key.octets else { return false }
                return crypto_sign_detached(&signature, nil, message, UInt64(message.count), key) == 0
            }
        }
        guard isDone else { throw .operationFailed("Ed25519") }
        return signature
    }
}

extension Ed25519PublicKey {
    /// Canonical, on the curve, in the main subgroup.
    static func isValidPoint(_ bytes: [UInt8]) -> Bool {
        Sodium.isReady && crypto_core_ed25519_is_valid_point(bytes) == 1
    }

    /// Whether a signature is that of a message.
    func verifies(_ signature: [UInt8], of message: ArraySlice<UInt8>) -> Bool {
        guard signature.count == Int(crypto_sign_BYTES) else { return false }
        return message.withUnsafeBufferPointer { message in
            crypto_sign_verify_detached(signature, message.baseAddress, UInt64(message.count), bytes) == 0
        }
    }
}
