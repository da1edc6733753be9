/// The end of the chain: what the next record links to.
public struct AuditHead: Equatable, Sendable {
    /// The last record's place; 0 for an empty chain.
    public let sequence: Int64
    /// The last record's hash; all zeros for an empty chain.
    public let hash: Digest256

    /// An end.
    public init(sequence: Int64, hash: Digest256) {
        self.sequence = sequence
        self.hash = hash
    }

    /// The end of a chain without records.
    public static let empty = AuditHead(sequence: 0, hash: Digest256(words: [0, 0, 0, 0]))

    /// The end after a record.
    public init(after record: AuditRecord) {
        self.init(sequence: record.sequence, hash: record.hash)
    }
}
