public import WaiaasCore

/// The public half of a P-256 key pair for ECDSA with SHA-256 (RFC 7518 section 3.4, FIPS 186-5).
public struct ES256PublicKey: Sendable, JWSVerificationKey {
    /// ES256.
    public static var algorithm: JWSAlgorithm { .es256 }
    /// Length of a coordinate, and of each half of a signature, in bytes.
    public static let coordinateLength = 32

    /// The first coordinate.
    public let x: [UInt8]
    /// The second coordinate.
    public let y: [UInt8]
    /// The key id: the RFC 7638 thumbprint of the JWK.
    public let kid: KeyID
    let key: LibraryKey

    /// Takes the coordinates of a point, 32 bytes each.
    /// - Throws: `CryptoError.invalidKey` for another length, or a point that is not on the curve.
    public init(x: [UInt8], y: [UInt8]) throws(CryptoError) {
        guard x.count == Self.coordinateLength, y.count == Self.coordinateLength, let key = Self.libraryKey(x: x, y: y) else {
            throw .invalidKey
        }
        self.x = x
        self.y = y
        self.key = key
        kid = PublicJWK.p256(x: x, y: y).kid
    }

    /// Whether a signature is that of a signing input.
    /// - Parameter signature: r and s, 32 bytes each.
    public func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool {
        guard let encoded = Self.libraryForm(of: signature) else { return false }
        return key.isValid(encoded, for: signingInput)
    }

    /// The key as a JWK.
    public var jwk: PublicJWK { .p256(x: x, y: y) }
}
