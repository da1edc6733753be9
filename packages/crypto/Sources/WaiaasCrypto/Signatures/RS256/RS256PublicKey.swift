public import WaiaasCore

/// The public half of an RSA key pair for RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3, RFC 8017 section 8.2).
public struct RS256PublicKey: Sendable, JWSVerificationKey {
    /// RS256.
    public static var algorithm: JWSAlgorithm { .rs256 }
    /// Lengths of a modulus that are taken, in bytes: 2,048 to 4,096 bits.
    public static let modulusRange = 256...512
    /// The one exponent that is taken.
    public static let exponent: [UInt8] = [1, 0, 1]

    /// The modulus, without leading zeros.
    public let modulus: [UInt8]
    /// The key id: the RFC 7638 thumbprint of the JWK.
    public let kid: KeyID
    let key: LibraryKey

    /// Takes a modulus and an exponent, big-endian without leading zeros.
    /// - Throws: `CryptoError.invalidKey` for a modulus outside of 2,048 … 4,096 bits or even, or another exponent than 65,537.
    public init(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
        guard Self.modulusRange.contains(modulus.count), let first = modulus.first, first >= 0x80, let last = modulus.last,
            !last.isMultiple(of: 2), exponent == Self.exponent, let key = Self.libraryKey(modulus: modulus, exponent: exponent)
        else { throw .invalidKey }
        self.modulus = modulus
        self.key = key
        kid = PublicJWK.rsa(n: modulus, e: exponent).kid
    }

    /// Whether a signature is that of a signing input. It must be exactly as long as the modulus.
    public func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool {
        signature.count == modulus.count && key.isValid(signature, for: signingInput)
    }

    /// The key as a JWK.
    public var jwk: PublicJWK { .rsa(n: modulus, e: Self.exponent) }
}
