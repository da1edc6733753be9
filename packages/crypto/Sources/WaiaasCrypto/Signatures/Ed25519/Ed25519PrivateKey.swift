/// The private half of an Ed25519 key pair (RFC 8032 section 5.1).
public struct Ed25519PrivateKey: Sendable {
    /// Length of the seed, in bytes.
    public static let seedLength = 32

    /// The public half.
    public let publicKey: Ed25519PublicKey
    /// Seed and public key, in the order in which the library takes them.
    let expanded: SecretBytes

    /// Makes a new key pair from kernel randomness.
    public static func generate() throws(CryptoError) -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: SecretBytes.random(count: seedLength))
    }

    /// The key pair of a seed.
    /// - Throws: `CryptoError.wrongKeyLength`.
    public init(seed: SecretBytes) throws(CryptoError) {
        guard seed.count == Self.seedLength else { throw .wrongKeyLength(actual: seed.count, expected: Self.seedLength) }
        (expanded, publicKey) = try Self.expand(seed)
    }

    /// The seed, for sealing; it is all there is to keep.
    public func seed() throws(CryptoError) -> SecretBytes {
        try expanded.withBytes { (bytes) throws(CryptoError) in try SecretBytes(copying: bytes.extracting(first: Self.seedLength)) }
    }

    /// Signs a message. The same message always has the same signature.
    /// - Returns: 64 bytes.
    public func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        try signature(of: message)
    }
}

extension Ed25519PrivateKey: CustomStringConvertible, CustomReflectable {
    /// The key id alone.
    public var description: String { "Ed25519PrivateKey(\(publicKey.kid), redacted)" }

    /// The public half.
    public var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey], displayStyle: .struct) }
}
