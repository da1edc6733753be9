import CSodium

extension Argon2id {
    /// Fills the output; the only reason to fail is that the memory cannot be had. The library's work memory is not locked, and is
    /// given back to the kernel at the end.
    static func fill(_ output: inout MutableRawSpan, from password: SecretBytes, salt: [UInt8], parameters: Parameters) -> Bool {
        guard Sodium.isReady else { return false }
        return output.withUnsafeMutableBytes { output in
            password.withBytes { password in
                password.withUnsafeBytes { password in
                    guard let output = output.octets, let text = password.baseAddress?.assumingMemoryBound(to: CChar.self) else {
                        return false
                    }
                    return crypto_pwhash(
                        output, UInt64(keyLength), text, UInt64(password.count), salt, UInt64(parameters.passes),
                        parameters.memoryKiB * 1_024, crypto_pwhash_alg_argon2id13()) == 0
                }
            }
        }
    }
}
