// tidy:allow name because the signing and the verifying half are one subject

public import WaiaasCore

/// A key that can check the signature of a token.
///
/// The algorithm belongs to the key's type and never comes from the token (RFC 8725 section 3.1): a public key has no way to be taken
/// for an HMAC secret, because no conversion between the types exists.
public protocol JWSVerificationKey: Sendable {
    /// The one algorithm that this kind of key is used with.
    static var algorithm: JWSAlgorithm { get }

    /// The key id.
    var kid: KeyID { get }

    /// Whether a signature is that of a signing input.
    func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool
}

/// A key that can sign tokens.
public protocol JWSSigningKey: Sendable {
    /// The one algorithm that this kind of key is used with.
    static var algorithm: JWSAlgorithm { get }

    /// The key id.
    var kid: KeyID { get }

    /// Signs a signing input.
    func signature(for signingInput: [UInt8]) throws(CryptoError) -> [UInt8]
}

extension Ed25519PublicKey: JWSVerificationKey {
    /// EdDSA.
    public static var algorithm: JWSAlgorithm { .edDSA }

    /// Whether a signature is that of a signing input.
    public func isValid(_ signature: [UInt8], for signingInput: ArraySlice<UInt8>) -> Bool {
        verifies(signature, of: signingInput)
    }
}

extension Ed25519PrivateKey: JWSSigningKey {
    /// EdDSA.
    public static var algorithm: JWSAlgorithm { .edDSA }

    /// The thumbprint of the public half.
    public var kid: KeyID { publicKey.kid }

    /// Signs a signing input.
    public func signature(for signingInput: [UInt8]) throws(CryptoError) -> [UInt8] { try sign(signingInput) }
}
