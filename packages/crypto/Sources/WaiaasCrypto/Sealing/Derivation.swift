/// HKDF with SHA-256 (RFC 5869): many keys from one, none of which tells anything of another.
public enum Derivation {
    /// The most that one derivation gives, in bytes (RFC 5869 section 2.3).
    public static let largestOutput = 255 * 32

    /// Derives key material.
    /// - Parameters:
    ///   - secret: the input key material.
    ///   - salt: a value that need not be secret; none is allowed.
    ///   - info: what the new key is for. Two purposes never share one text.
    ///   - count: bytes wanted, 1 … 8,160.
    ///   - life: how long they are wanted.
    /// - Throws: `CryptoError.parameterOutOfRange`, `.memoryUnavailable`, `.operationFailed`.
    public static func derive(
        from secret: SecretBytes, salt: [UInt8] = [], info: [UInt8], count: Int = 32, life: SecretBytes.Life = .lasting
    ) throws(CryptoError) -> SecretBytes {
        guard 1...largestOutput ~= count else {
            throw .parameterOutOfRange(name: "count", value: count, allowed: 1...largestOutput)
        }
        return try SecretBytes(count: count, life: life) { (output) throws(CryptoError) in
            guard hkdf(from: secret, salt: salt, info: info, into: &output) else { throw .operationFailed("HKDF") }
        }
    }

    /// Derives a key of 32 bytes for a purpose that is said in words.
    public static func key(
        from secret: SecretBytes, purpose: String, life: SecretBytes.Life = .lasting
    ) throws(CryptoError) -> SecretBytes {
        try derive(from: secret, info: Array(purpose.utf8), life: life)
    }
}
