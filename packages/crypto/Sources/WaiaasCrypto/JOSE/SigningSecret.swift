public import WaiaasCore

/// A symmetric secret that signs and verifies tokens with HS256, and nothing else.
public struct SigningSecret: Sendable, JWSSigningKey, JWSVerificationKey {
    /// Length of a generated one in bytes, which is also the least that HS256 allows (RFC 7518 section 3.2).
    public static let byteCount = 32
    /// HS256.
    public static var algorithm: JWSAlgorithm { .hs256 }

    /// The key id, which is also the fingerprint shown to people: the first 16 hex digits of an HMAC of a fixed text under the secret.
    public let kid: KeyID
    /// The secret itself, for sealing.
    public let bytes: SecretBytes
    private let mac: HMACSHA256

    /// Takes 32 bytes or more.
    /// - Throws: `CryptoError.keyTooShort`, `.memoryUnavailable`.
    public init(_ bytes: SecretBytes) throws(CryptoError) {
        guard bytes.count >= Self.byteCount else { throw .keyTooShort(actual: bytes.count, minimum: Self.byteCount) }
        self.bytes = bytes
        mac = try HMACSHA256(key: bytes)
        kid = SecretFingerprint.kid(of: mac)
    }

    /// Makes a new one from kernel randomness.
    public static func generate() throws(CryptoError) -> SigningSecret {
        try SigningSecret(SecretBytes.random(count: byteCount))
    }

    /// Signs a signing input.
    public func signature(for signingInput: [UInt8]) throws(CryptoError) -> [UInt8] {
        mac.authenticate(signingInput).bytes
    }

    /// Whether a signature is that of a signing input, in constant time.
    public func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool {
        mac.isValid(signature.span.bytes, for: signingInput.span.bytes)
    }
}

extension SigningSecret: CustomStringConvertible, CustomReflectable {
    /// The key id alone.
    public var description: String { "SigningSecret(\(kid), redacted)" }

    /// The key id alone.
    public var customMirror: Mirror { Mirror(self, children: ["kid": kid], displayStyle: .struct) }
}
