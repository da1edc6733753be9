/// What other daemons have changed in the store that is ours too: what memory has to be read anew.
public struct ForeignChanges: Equatable, Sendable {
    /// Sessions that were made, changed or removed.
    public var sessions: Set<SessionID> = []
    /// Panels that were made, changed or removed.
    public var panels: Set<PanelKey> = []
    /// Single values that were stored or removed.
    public var states: Set<StateName> = []
    /// The tables that were changed, by name; those of the rows above too.
    public var tables: Set<String> = []
    /// Whether more sessions or panels changed than are worth naming: all of them have to be read.
    public var isWholesale = false

    /// How many rows are named at most.
    public static let named = 10_000

    /// No changes.
    public init() {}

    /// Whether nothing changed.
    public var isEmpty: Bool { tables.isEmpty && !isWholesale }

    /// Adds what changed besides.
    public mutating func merge(_ other: ForeignChanges) {
        sessions.formUnion(other.sessions)
        panels.formUnion(other.panels)
        states.formUnion(other.states)
        tables.formUnion(other.tables)
        isWholesale = isWholesale || other.isWholesale
        guard sessions.count > Self.named || panels.count > Self.named else { return }
        isWholesale = true
        sessions = []
        panels = []
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
    /// they did not contradict them.
    case merged(entries: Int, rowsLeftOut: Int)
}
