/// What other daemons have changed in the store that is ours too: what memory has to be read anew.
public struct ForeignChanges: Equatable, Sendable {
    /// Sessions that were made, changed or removed.
    public var sessions: Set<SessionID> = []
    /// Agents that were made or whose status changed.
    public var agents: Set<AgentID> = []
    /// Users who were added or changed.
    public var users: Set<UserID> = []
    /// Refresh families that were revoked.
    public var families: Set<FamilyID> = []
    /// Panels that were made, changed or removed.
    public var panels: Set<PanelKey> = []
    /// Single values that were stored or removed.
    public var states: Set<StateName> = []
    /// The tables that were changed, by name; those of the rows above too.
    public var tables: Set<String> = []
    /// Whether more rows changed than are worth naming: everything has to be read.
    public var isWholesale = false
    /// Whether what this store had committed was taken back and made again: records that it had may be others now.
    public var isRewritten = false

    /// How many rows are named at most.
    public static let named = 10_000

    /// No changes.
    public init() {}

    /// Whether nothing changed.
    public var isEmpty: Bool { tables.isEmpty && !isWholesale }

    /// Adds what changed besides.
    public mutating func merge(_ other: ForeignChanges) {
        sessions.formUnion(other.sessions)
        agents.formUnion(other.agents)
        users.formUnion(other.users)
        families.formUnion(other.families)
        panels.formUnion(other.panels)
        states.formUnion(other.states)
        tables.formUnion(other.tables)
        isWholesale = isWholesale || other.isWholesale
        isRewritten = isRewritten || other.isRewritten
        let most = max(sessions.count, agents.count, users.count, families.count, panels.count)
        if isWholesale || most > Self.named { (sessions, agents, users, families, panels) = ([], [], [], [], []) }
        if most > Self.named { isWholesale = true }
    }
}

/// What happened to the shared log that somebody should hear of.
public enum LogIncident: Equatable, Sendable {
    /// The log was empty, though this store has entries: it was founded again from here.
    case foundedAgain(through: Int64)
    /// The log had lost entries that this store keeps; they were entered again.
    case completed(count: Int)
    /// The log held something at this place that none of ours made; it was replaced by what this store knows.
    case refused(sequence: Int64)
    /// The log had lost entries of this store and others had gone on without them: they were merged behind the others' as far as
    /// they did not contradict them. Rows, records of the audit log and rings of keys that were left out are told.
    case merged(entries: Int, rowsLeftOut: Int, recordsLeftOut: Int, ringsLeftOut: [String])

    /// What happened, in words.
    public var sentence: String {
        switch self {
        case .foundedAgain(let sequence): "it was empty or an older one; it begins again with what is known here, up to entry \(sequence)"
        case .completed(let count): "it had lost its newest entries; \(count) are in it again"
        case .refused(let sequence): "entry \(sequence) was made by nobody who has the key; it was replaced"
        case .merged(let entries, let rows, let records, let rings):
            "it had lost \(entries) entries and others went on without them; they were merged; left out were \(rows) rows, "
                + "\(records) records of the audit log"
                + (rings.isEmpty ? "" : ", and \(rings.joined(separator: ", ")), which others changed too: change it again")
        }
    }

    /// What the audit log calls it.
    public var event: AuditEventName {
        switch self {
        case .foundedAgain, .completed: .sharedLogRestored
        case .refused: .sharedLogRefused
        case .merged: .sharedLogMerged
        }
    }
}
