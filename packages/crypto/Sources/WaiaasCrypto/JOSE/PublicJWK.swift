public import WaiaasCore

/// A public key as JSON (RFC 7517), of the kinds that this product signs with. There is no case for a symmetric key and none for a
/// private half, so neither can ever be published by way of this type.
public enum PublicJWK: Sendable, Hashable {
    /// `OKP` with `Ed25519` (RFC 8037): the point.
    case ed25519(x: [UInt8])
    /// `EC` with `P-256` (RFC 7518 section 6.2): the coordinates, 32 bytes each.
    case p256(x: [UInt8], y: [UInt8])
    /// `RSA` (RFC 7518 section 6.3): modulus and exponent, without leading zeros.
    case rsa(n: [UInt8], e: [UInt8])

    /// The algorithm that signs with such a key here.
    public var algorithm: JWSAlgorithm {
        switch self {
        case .ed25519: .edDSA
        case .p256: .es256
        case .rsa: .rs256
        }
    }

    /// The key id of key pairs: the thumbprint (RFC 7638).
    public var kid: KeyID {
        var writer = JSONWriter()
        writer.beginObject()
        writeRequiredMembers(to: &writer)
        writer.endObject()
        return KeyID(thumbprint: SHA256.digest(writer.bytes))
    }

    /// The whole JWK: the required members, and `kid`, `alg` and `use`.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writeRequiredMembers(to: &writer)
        writer.member("kid", kid.text)
        writer.member("alg", algorithm.rawValue)
        writer.member("use", "sig")
        writer.endObject()
        return writer.bytes
    }

    /// The members that the thumbprint covers, in the order of their names (RFC 7638 section 3.2).
    private func writeRequiredMembers(to writer: inout JSONWriter) {
        switch self {
        case .ed25519(let x):
            writer.member("crv", "Ed25519")
            writer.member("kty", "OKP")
            writer.member("x", Base64URL.encode(x))
        case .p256(let x, let y):
            writer.member("crv", "P-256")
            writer.member("kty", "EC")
            writer.member("x", Base64URL.encode(x))
            writer.member("y", Base64URL.encode(y))
        case .rsa(let n, let e):
            writer.member("e", Base64URL.encode(e))
            writer.member("kty", "RSA")
            writer.member("n", Base64URL.encode(n))
        }
    }
}
