/// What `restore` needs.
public struct RestoreRequest: Sendable {
    /// Into which data directory.
    public let selection: InstanceSelection
    /// The path of the backup.
    public let file: String
    /// The password of the day the backup was made.
    public let password: any PasswordSource
    /// Whether the secrets and the sessions of the backup come back to life.
    public let keepsSessions: Bool

    /// A request.
    public init(selection: InstanceSelection, file: String, password: any PasswordSource, keepsSessions: Bool) {
        self.selection = selection
        self.file = file
        self.password = password
        self.keepsSessions = keepsSessions
    }
}

/// What a restore would do, for whoever must say yes to it.
public struct RestorePreview: Hashable, Sendable {
    /// The backup.
    public let file: BackupFile
    /// The path of the data directory.
    public let dataDirectory: String
    /// The last audit record in the backup.
    public let lastRecord: Int64
    /// What is in the data directory now; nil if there is nothing.
    public let replaced: ReplacedState?
    /// The sessions of the backup that could be used now.
    public let sessions: RestoredSessions
    /// The users' half of the backup.
    public let users: RestoredUsers
    /// Whether sessions and logins come back to life; otherwise they end.
    public let keepsSessions: Bool

    /// A preview from its parts.
    public init(
        file: BackupFile, dataDirectory: String, lastRecord: Int64, replaced: ReplacedState?, sessions: RestoredSessions,
        users: RestoredUsers, keepsSessions: Bool
    ) {
        self.file = file
        self.dataDirectory = dataDirectory
        self.lastRecord = lastRecord
        self.replaced = replaced
        self.sessions = sessions
        self.users = users
        self.keepsSessions = keepsSessions
    }
}

/// What lies in a data directory that a restore replaces, compared with the backup.
public struct ReplacedState: Hashable, Sendable {
    /// Why its database cannot be read; nil if it can. What is newer in it is then not known.
    public let fault: String?
    /// Its last audit record.
    public let lastRecord: Int64
    /// When that was.
    public let lastAt: WallTime?
    /// Whether its log goes on where that of the backup ends.
    public let continuesBackup: Bool
    /// How many records of each event come after the end of the backup.
    public let newer: [String: Int64]
    /// Whether its master password was set anew since the backup.
    public let hasOtherPassword: Bool
    /// The newest checkpoint of its log that is known; nil if there is none.
    public let checkpoint: AuditMark?

    /// A state from its parts.
    public init(
        fault: String? = nil, lastRecord: Int64 = 0, lastAt: WallTime? = nil, continuesBackup: Bool = false, newer: [String: Int64] = [:],
        hasOtherPassword: Bool = false, checkpoint: AuditMark? = nil
    ) {
        self.fault = fault
        self.lastRecord = lastRecord
        self.lastAt = lastAt
        self.continuesBackup = continuesBackup
        self.newer = newer
        self.hasOtherPassword = hasOtherPassword
        self.checkpoint = checkpoint
    }
}

/// The sessions of a backup that could be used now.
public struct RestoredSessions: Hashable, Sendable {
    /// How many are listed one by one.
    public static let listed = 1_000

    /// One of them.
    public struct Entry: Hashable, Sendable {
        /// The session.
        public let id: SessionID
        /// Its agent.
        public let agentID: AgentID
        /// When its token ends.
        public let expiresAt: WallTime
        /// The secret that signed its token.
        public let kid: KeyID
        /// Whether it has ended in the data directory that is replaced.
        public let hasEndedSince: Bool

        /// A session from its parts.
        public init(id: SessionID, agentID: AgentID, expiresAt: WallTime, kid: KeyID, hasEndedSince: Bool) {
            self.id = id
            self.agentID = agentID
            self.expiresAt = expiresAt
            self.kid = kid
            self.hasEndedSince = hasEndedSince
        }
    }

    /// How many there are.
    public let count: Int64
    /// The first of them.
    public let entries: [Entry]
    /// The secrets that verify their tokens, the one that signs first.
    public let kids: [KeyID]

    /// Sessions from their parts.
    public init(count: Int64, entries: [Entry], kids: [KeyID]) {
        self.count = count
        self.entries = entries
        self.kids = kids
    }
}

/// The users' half of a backup: what of it comes back, whatever becomes of the sessions.
public struct RestoredUsers: Hashable, Sendable {
    /// How many users there are, and how many of them are disabled.
    public let counts: UserCounts
    /// How many OAuth clients there are.
    public let clients: Int64
    /// How many logins could be refreshed now.
    public let logins: Int64
    /// The keys of the user ring, the one that signs first.
    public let kids: [KeyID]

    /// The half from its parts.
    public init(counts: UserCounts, clients: Int64, logins: Int64, kids: [KeyID]) {
        self.counts = counts
        self.clients = clients
        self.logins = logins
        self.kids = kids
    }
}

/// What a restore did.
public struct RestoreResult: Hashable, Sendable {
    /// What was said before.
    public let preview: RestorePreview
    /// Where the files lie that were there before; nil if there were none.
    public let keptAt: String?
    /// The secret that signs from now on.
    public let sessionKid: KeyID
    /// How many sessions of the backup were ended.
    public let sessionsEnded: Int64
    /// How many logins of users were ended.
    public let loginsEnded: Int64
    /// The audit record that begins the new segment of the log.
    public let record: Int64

    /// A result from its parts.
    public init(preview: RestorePreview, keptAt: String?, sessionKid: KeyID, sessionsEnded: Int64, loginsEnded: Int64, record: Int64) {
        self.preview = preview
        self.keptAt = keptAt
        self.sessionKid = sessionKid
        self.sessionsEnded = sessionsEnded
        self.loginsEnded = loginsEnded
        self.record = record
    }
}
