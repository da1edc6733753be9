public import WaiaasCore

/// The private half of a P-256 key pair.
public struct ES256PrivateKey: Sendable, JWSSigningKey {
    /// ES256.
    public static var algorithm: JWSAlgorithm { .es256 }

    /// The public half.
    public let publicKey: ES256PublicKey
    private let key: LibraryKey

    /// Makes a new key pair.
    public static func generate() throws(CryptoError) -> ES256PrivateKey {
        guard let key = generateLibraryKey() else { throw .operationFailed("P-256") }
        return try ES256PrivateKey(key)
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

    /// The private key in DER (RFC 5915), for sealing.
    public func der() throws(CryptoError) -> SecretBytes { try key.privateDER() }

    /// The thumbprint of the public half.
    public var kid: KeyID { publicKey.kid }

    /// Signs a signing input.
    /// - Returns: r and s, 32 bytes each.
    public func signature(for signingInput: [UInt8]) throws(CryptoError) -> [UInt8] {
        try Self.joseForm(of: key.sign(signingInput))
    }
}

extension ES256PrivateKey: CustomStringConvertible, CustomReflectable {
    /// The key id alone.
    public var description: String { "ES256PrivateKey(\(kid), redacted)" }

    /// The key id alone.
    public var customMirror: Mirror { Mirror(self, children: ["kid": kid], displayStyle: .struct) }
}
