/// What was kept of an audit log outside its database: the keys and the checkpoints of `audit-checkpoints.jsonl` or of a copy of it.
public struct AuditCheckpointFile: Hashable, Sendable {
    /// The public halves, in the order of the file.
    public let keys: [AuditPublicKey]
    /// The checkpoints, in the order of the file.
    public let checkpoints: [AuditCheckpoint]
    /// The lines that are neither. The last one does not count if it lacks its newline: it is being written.
    public let faults: [AuditFault]

    /// What a file held.
    public init(keys: [AuditPublicKey], checkpoints: [AuditCheckpoint], faults: [AuditFault]) {
        self.keys = keys
        self.checkpoints = checkpoints
        self.faults = faults
    }

    /// No file.
    public static let empty = AuditCheckpointFile(keys: [], checkpoints: [], faults: [])
}

/// Where an ``AuditCheckpointFile`` lies.
public enum AuditCheckpointSource: Hashable, Sendable {
    /// `audit-checkpoints.jsonl` of a data directory.
    case dataDirectory(InstanceSelection)
    /// A copy that was kept elsewhere.
    case copy(path: String)
}

/// Which export is to be checked.
public struct AuditExportSource: Hashable, Sendable {
    /// The file.
    public let path: String
    /// The record that it must begin with.
    public let first: Int64

    /// A file; without a number one that holds the whole log.
    public init(path: String, from first: Int64 = 1) {
        self.path = path
        self.first = first
    }
}

/// What whoever checks an audit log knows from elsewhere.
public struct AuditEvidence: Hashable, Sendable {
    /// The kid of the first audit key; nil trusts the one found.
    public let trusted: KeyID?
    /// A copy of the checkpoints that was kept elsewhere.
    public let copy: AuditCheckpointFile?

    /// Evidence; without arguments none.
    public init(trusted: KeyID? = nil, copy: AuditCheckpointFile? = nil) {
        self.trusted = trusted
        self.copy = copy
    }
}
