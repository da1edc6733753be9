extension PublicJWK {
    /// The key that checks signatures, of the one type that fits this JWK.
    /// - Throws: `CryptoError.invalidKey` if the values are no such key.
    public func verificationKey() throws(CryptoError) -> any JWSVerificationKey {
        switch self {
        case .ed25519(let x): try Ed25519PublicKey(bytes: x)
        case .p256(let x, let y): try ES256PublicKey(x: x, y: y)
        case .rsa(let n, let e): try RS256PublicKey(modulus: n, exponent: e)
        }
    }
}
