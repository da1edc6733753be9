public import WaiaasCore

/// The private half of an RSA key pair of 2,048 bits.
public struct RS256PrivateKey: Sendable, JWSSigningKey {
    /// RS256.
    public static var algorithm: JWSAlgorithm { .rs256 }

    /// The public half.
    public let publicKey: RS256PublicKey
    private let key: LibraryKey

    /// Makes a new key pair. It takes a good part of a second: call it on a thread that may wait.
    public static func generate() throws(CryptoError) -> RS256PrivateKey {
        guard let key = generateLibraryKey() else { throw .operationFailed("RSA") }
        return try RS256PrivateKey(key)
    }

    /// Reads what `der()` gave, and checks that its numbers agree.
    /// - Throws: `CryptoError.invalidKey`.
    public init(der: SecretBytes) throws(CryptoError) {
        guard let key = Self.libraryKey(der: der) else { throw .invalidKey }
        try self.init(key)
    }

    private init(_ key: LibraryKey) throws(CryptoError) {
        self.key = key
        publicKey = try Self.publicKey(of: key)
    }

    /// The private key in DER (RFC 8017 appendix A.1.2), for sealing.
    public func der() throws(CryptoError) -> SecretBytes { try key.privateDER() }

    /// The thumbprint of the public half.
    public var kid: KeyID { publicKey.kid }

    /// Signs a signing input.
    public func signature(for signingInput: [UInt8]) throws(CryptoError) -> [UInt8] { try key.sign(signingInput) }
}

extension RS256PrivateKey: CustomStringConvertible, CustomReflectable {
    /// The key id alone.
    public var description: String { "RS256PrivateKey(\(kid), redacted)" }

    /// The key id alone.
    public var customMirror: Mirror { Mirror(self, children: ["kid": kid], displayStyle: .struct) }
}
