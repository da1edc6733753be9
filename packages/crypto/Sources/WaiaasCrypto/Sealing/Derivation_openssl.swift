import COpenSSL

extension Derivation {
    /// The library's HKDF, looked up once: to find it by name costs more than to run it. Never freed and never changed, so any thread may
    /// use it.
    nonisolated(unsafe) private static let function = EVP_KDF_fetch(nil, "HKDF", nil)

    /// Fills the output. The library keeps a copy of the secret in its own heap for the length of the call and cleanses it.
    static func hkdf(from secret: SecretBytes, salt: [UInt8], info: [UInt8], into output: inout MutableRawSpan) -> Bool {
        output.withUnsafeMutableBytes { output in
            secret.withBytes { key in
                key.withUnsafeBytes { key in
                    waiaas_hkdf_sha256(
                        function, output.octets, output.count, key.baseAddress, key.count, salt, salt.count, info, info.count) == 1
                }
            }
        }
    }
}
