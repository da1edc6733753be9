/// The cryptography that checking a chain needs, handed in: core imports none.
public struct AuditCryptography: Sendable {
    /// SHA-256.
    public let digest: @Sendable ([UInt8]) -> Digest256
    /// Whether a signature fits: public key, signed bytes, signature.
    public let verifies: @Sendable (_ publicKey: [UInt8], _ bytes: [UInt8], _ signature: [UInt8]) -> Bool
    /// The kid that belongs to a public key.
    public let thumbprint: @Sendable (_ publicKey: [UInt8]) -> KeyID?
    /// HMAC under the tail key, for who holds the private half; nil for who verifies with public keys alone.
    public let mac: (@Sendable ([UInt8]) -> Digest256)?

    /// The functions.
    public init(
        digest: @escaping @Sendable ([UInt8]) -> Digest256,
        verifies: @escaping @Sendable ([UInt8], [UInt8], [UInt8]) -> Bool,
        thumbprint: @escaping @Sendable ([UInt8]) -> KeyID?,
        mac: (@Sendable ([UInt8]) -> Digest256)?
    ) {
        self.digest = digest
        self.verifies = verifies
        self.thumbprint = thumbprint
        self.mac = mac
    }
}
