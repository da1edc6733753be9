/// What `backup verify` saw: the backup was restored into a directory of its own, and a token was issued and verified there.
public struct BackupTrial: Equatable, Sendable {
    /// The file.
    public let file: BackupFile
    /// Agents in it.
    public let agents: Int64
    /// Sessions that could be used now if they were kept.
    public let sessions: Int64
    /// The secrets of its session ring, the one that signs first.
    public let kids: [KeyID]
    /// Its audit log, checked record by record.
    public let audit: AuditVerdict

    /// A trial from its parts.
    public init(file: BackupFile, agents: Int64, sessions: Int64, kids: [KeyID], audit: AuditVerdict) {
        self.file = file
        self.agents = agents
        self.sessions = sessions
        self.kids = kids
        self.audit = audit
    }
}
