public import WaiaasCore

/// How the chunks of one backup are sealed, handed in: this module holds no key and knows no cipher.
public struct ChunkSealing: Sendable {
    /// Seals a chunk: what it holds, its number, whether it is the last. Adds 16 bytes.
    public let seal: @Sendable (_ chunk: [UInt8], _ number: UInt64, _ isLast: Bool) throws -> [UInt8]
    /// Opens a chunk; nil for any difference.
    public let open: @Sendable (_ sealed: [UInt8], _ number: UInt64, _ isLast: Bool) -> [UInt8]?

    /// The two functions.
    public init(
        seal: @escaping @Sendable ([UInt8], UInt64, Bool) throws -> [UInt8], open: @escaping @Sendable ([UInt8], UInt64, Bool) -> [UInt8]?
    ) {
        self.seal = seal
        self.open = open
    }
}

/// SHA-256, handed in.
public typealias ArchiveDigest = @Sendable ([UInt8]) -> Digest256
