/// A key that seals and opens values at rest, and does nothing else.
///
/// Nonces are random and 96 bits long: one key may seal 2^32 values before a repeat becomes likelier than 2^-32 (NIST SP 800-38D
/// section 8.3). Values here are sealed once for each change of a ring, a long way below that.
public struct SealingKey: Sendable {
    /// Its length in bytes.
    public static let byteCount = 32

    let secret: SecretBytes

    /// Takes 32 bytes.
    /// - Throws: `CryptoError.wrongKeyLength`.
    public init(_ secret: SecretBytes) throws(CryptoError) {
        guard secret.count == Self.byteCount else { throw .wrongKeyLength(actual: secret.count, expected: Self.byteCount) }
        self.secret = secret
    }

    /// The key for one purpose under a master key.
    public init(master: SecretBytes, purpose: String, life: SecretBytes.Life = .lasting) throws(CryptoError) {
        secret = try Derivation.key(from: master, purpose: purpose, life: life)
    }
}
