import WaiaasCore
import WaiaasCrypto

/// A key pair of the user ring: the algorithm belongs to it and is never taken from a token (RFC 8725 section 3.1).
enum UserKeyPair: Sendable {
    case rs256(RS256PrivateKey)
    case es256(ES256PrivateKey)
    case edDSA(Ed25519PrivateKey)

    /// A fresh pair. RSA takes a good part of a second: call it on a thread that may wait.
    static func generate(_ algorithm: UserKeyAlgorithm) throws(CryptoError) -> UserKeyPair {
        switch algorithm {
        case .rs256: .rs256(try RS256PrivateKey.generate())
        case .es256: .es256(try ES256PrivateKey.generate())
        case .edDSA: .edDSA(try Ed25519PrivateKey.generate())
        }
    }

    /// A pair from its private half, as it is kept: PKCS#8 for RSA and EC, the seed for Ed25519.
    init(_ algorithm: UserKeyAlgorithm, kept secret: SecretBytes) throws(CryptoError) {
        switch algorithm {
        case .rs256: self = .rs256(try RS256PrivateKey(der: secret))
        case .es256: self = .es256(try ES256PrivateKey(der: secret))
        case .edDSA: self = .edDSA(try Ed25519PrivateKey(seed: secret))
        }
    }

    /// The private half, as it is kept.
    func kept() throws(CryptoError) -> SecretBytes {
        switch self {
        case .rs256(let key): try key.der()
        case .es256(let key): try key.der()
        case .edDSA(let key): try key.seed()
        }
    }

    /// The public half.
    var publicHalf: PublicJWK {
        switch self {
        case .rs256(let key): key.publicKey.jwk
        case .es256(let key): key.publicKey.jwk
        case .edDSA(let key): key.publicKey.jwk
        }
    }

    /// Signs a token's payload.
    func sign(_ payload: [UInt8]) throws(CryptoError) -> [UInt8] {
        switch self {
        case .rs256(let key): try JWS.sign(payload, with: key)
        case .es256(let key): try JWS.sign(payload, with: key)
        case .edDSA(let key): try JWS.sign(payload, with: key)
        }
    }
}
