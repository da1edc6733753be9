public import WaiaasCore

/// The public half of an Ed25519 key pair.
public struct Ed25519PublicKey: Sendable, Hashable {
    /// Its length in bytes.
    public static let byteCount = 32

    /// The encoded point.
    public let bytes: [UInt8]
    /// The key id: the RFC 7638 thumbprint of the JWK (RFC 8037 appendix A.3).
    public let kid: KeyID

    /// Takes an encoded point.
    /// - Throws: `CryptoError.invalidKey` for another length, a point that is not canonical, not on the curve, or of small order.
    public init(bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == Self.byteCount, Self.isValidPoint(bytes) else { throw .invalidKey }
        self.init(computed: bytes)
    }

    /// For a point that was just computed.
    init(computed bytes: [UInt8]) {
        self.bytes = bytes
        kid = PublicJWK.ed25519(x: bytes).kid
    }

    /// Whether a signature is that of a message: strict, so S must be reduced and R canonical and not of small order.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        verifies(signature, of: message[...])
    }

    /// The key as a JWK (RFC 8037 section 2).
    public var jwk: PublicJWK { .ed25519(x: bytes) }
}
