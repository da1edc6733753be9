/// A secret sealed for rest: AES-256-GCM (NIST SP 800-38D), in a form that says its version.
///
/// `version (1) | nonce (12) | ciphertext | tag (16)`
public enum Envelope {
    /// The version that is written, and the only one that is read.
    public static let version: UInt8 = 1
    /// What sealing adds to a secret, in bytes.
    public static let overhead = 1 + nonceLength + tagLength

    static let nonceLength = 12
    static let tagLength = 16
    /// More than any key or document of keys needs.
    static let largestSecret = 1 << 24

    /// Seals a secret.
    /// - Parameters:
    ///   - secret: what nobody shall read.
    ///   - key: who may.
    ///   - context: where it belongs.
    public static func seal(_ secret: SecretBytes, with key: SealingKey, in context: SealContext) throws(CryptoError) -> [UInt8] {
        try seal(secret, with: key, authenticating: context.bytes)
    }

    /// Opens what was sealed with the same key for the same place.
    /// - Throws: `CryptoError.authenticationFailure` for any difference, of one bit or of all.
    public static func open(
        _ sealed: [UInt8], with key: SealingKey, in context: SealContext, life: SecretBytes.Life = .lasting
    ) throws(CryptoError) -> SecretBytes {
        try open(sealed, with: key, authenticating: context.bytes, life: life)
    }

    /// Seals a secret together with bytes that stay readable but cannot be changed.
    public static func seal(_ secret: SecretBytes, with key: SealingKey, authenticating data: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard secret.count <= largestSecret else {
            throw .parameterOutOfRange(name: "secret", value: secret.count, allowed: 0...largestSecret)
        }
        return try AES256GCM.seal(secret, key: key.secret, nonce: SecureRandom.bytes(nonceLength), authenticating: data, after: [version])
    }

    /// Opens what was sealed with the same key and the same readable bytes.
    /// - Throws: `CryptoError.authenticationFailure` for any difference, of one bit or of all.
    public static func open(
        _ sealed: [UInt8], with key: SealingKey, authenticating data: [UInt8], life: SecretBytes.Life = .lasting
    ) throws(CryptoError) -> SecretBytes {
        guard sealed.count >= overhead, sealed.count - overhead <= largestSecret, sealed[0] == version else {
            throw .authenticationFailure
        }
        return try AES256GCM.open(sealed.dropFirst(), key: key.secret, authenticating: data, life: life)
    }
}
