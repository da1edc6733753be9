import COpenSSL

extension Derivation {
    /// Fills the output. The library keeps a copy of the secret in its own heap for the length of the call and cleanses it.
    static func hkdf(from secret: SecretBytes, salt: [UInt8], info: [UInt8], into output: inout MutableRawSpan) -> Bool {
        output.withUnsafeMutableBytes { output in
            secret.withBytes { key in
                key.withUnsafeBytes { key in
                    waiaas_hkdf_sha256(
                        output.octets, output.count, key.baseAddress, key.count, salt, salt.count, info, info.count) == 1
                }
            }
        }
    }
}
