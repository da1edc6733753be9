/// A place in the shared log: after which entry a store stands, or where the log ends.
///
/// The digest is that of the entry, which covers the digest of the entry before: two stores with one head hold the same changes in the
/// same order.
public struct LogHead: Hashable, Sendable {
    /// The number of the entry; 0 is where the log was founded.
    public let sequence: Int64
    /// The entry's digest; of the founding, 32 random bytes.
    public let digest: Digest256

    /// A place.
    public init(sequence: Int64, digest: Digest256) {
        self.sequence = sequence
        self.digest = digest
    }

    /// How it stands in the log: `sequence:digest in hexadecimal`. Nil for any other text.
    public init?(text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0, String(sequence) == parts[0],
            let digest = Digest256(hex: String(parts[1])), digest.description == parts[1]
        else { return nil }
        self.init(sequence: sequence, digest: digest)
    }

    /// How it stands in the log.
    public var text: String { "\(sequence):\(digest)" }
}
