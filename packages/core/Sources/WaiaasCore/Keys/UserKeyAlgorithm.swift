/// What user tokens may be signed with. The names are those of JWA (RFC 7518 section 3.1, RFC 8037 section 3.1).
public enum UserKeyAlgorithm: String, Sendable, CaseIterable {
    /// RSA-2048 with PKCS#1 v1.5 and SHA-256: the default, because everything verifies it.
    case rs256 = "RS256"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// Ed25519.
    case edDSA = "EdDSA"
}
