/// Argon2id, version 1.3, one lane (RFC 9106): the slow way from a password to a key.
public enum Argon2id {
    /// Length of a salt, in bytes.
    public static let saltLength = 16
    /// Length of the key, in bytes.
    public static let keyLength = 32

    /// Derives a key from a password. It takes a good part of a second and `parameters.memoryKiB` of memory: call it on a thread that
    /// may wait.
    /// - Parameters:
    ///   - password: the password's bytes.
    ///   - salt: 16 random bytes, kept beside what the key protects.
    ///   - parameters: what it costs.
    ///   - life: how long the key is needed.
    /// - Throws: `CryptoError.wrongKeyLength` for a salt of another length, `.memoryUnavailable`.
    public static func derive(
        _ password: SecretBytes, salt: [UInt8], parameters: Parameters, life: SecretBytes.Life = .lasting
    ) throws(CryptoError) -> SecretBytes {
        guard salt.count == saltLength else { throw .wrongKeyLength(actual: salt.count, expected: saltLength) }
        return try SecretBytes(count: keyLength, life: life) { (output) throws(CryptoError) in
            guard fill(&output, from: password, salt: salt, parameters: parameters) else {
                throw .memoryUnavailable(bytes: parameters.memoryKiB * 1_024)
            }
        }
    }
}
