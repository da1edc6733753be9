/// A place in an audit log that somebody signed: what is remembered of a checkpoint.
public struct AuditMark: Hashable, Sendable {
    /// The record it covers.
    public let sequence: Int64
    /// That record's hash.
    public let hash: Digest256
    /// The key that signed it.
    public let kid: KeyID

    /// A mark from its parts.
    public init(sequence: Int64, hash: Digest256, kid: KeyID) {
        self.sequence = sequence
        self.hash = hash
        self.kid = kid
    }

    /// What is remembered of a checkpoint.
    public init(_ checkpoint: AuditCheckpoint) {
        self.init(sequence: checkpoint.sequence, hash: checkpoint.hash, kid: checkpoint.kid)
    }
}
