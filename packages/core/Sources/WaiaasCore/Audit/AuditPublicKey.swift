/// The public half of a key of the audit ring, with its predecessor's signature.
public struct AuditPublicKey: Hashable, Sendable {
    /// Its RFC 7638 thumbprint.
    public let kid: KeyID
    /// The Ed25519 public key: 32 bytes.
    public let bytes: [UInt8]
    /// When it was made.
    public let createdAt: WallTime
    /// The key that vouches for it; nil for the first.
    public let voucher: Voucher?

    /// A signature of the key before under a new one.
    public struct Voucher: Hashable, Sendable {
        /// The key before.
        public let kid: KeyID
        /// Its signature over the new key's ``AuditPublicKey/signedBytes``: 64 bytes.
        public let signature: [UInt8]

        /// A voucher.
        public init(kid: KeyID, signature: [UInt8]) {
            self.kid = kid
            self.signature = signature
        }
    }

    /// A key as it was stored.
    public init(kid: KeyID, bytes: [UInt8], createdAt: WallTime, voucher: Voucher?) {
        self.kid = kid
        self.bytes = bytes
        self.createdAt = createdAt
        self.voucher = voucher
    }

    /// What the voucher's signature covers.
    public var signedBytes: [UInt8] {
        var canonical = CanonicalBytes(label: "waiaas audit key v1", capacity: 160)
        canonical.append(kid.text.utf8)
        canonical.append(bytes)
        canonical.append(createdAt.milliseconds)
        return canonical.bytes
    }
}
