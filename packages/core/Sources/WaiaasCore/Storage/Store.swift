/// Everything a change may do inside its transaction.
public protocol StoreTransaction: StoreReading, AgentStore, SessionStore, AuditStore, StateStore, LockoutStore, UserStore, RefreshStore,
    OAuthClientStore, PanelStore
{}

/// Everything a query may read.
public protocol StoreReading: AgentReading, SessionReading, AuditReading, StateReading, LockoutReading, UserReading, RefreshReading,
    OAuthClientReading, PanelReading
{}

/// The port to the durable store: one writer that commits in groups, and readers beside it (design 3.4).
public protocol Store: Sendable {
    /// Joins the next group of changes, and returns when the group is durable.
    ///
    /// Each change runs on the writer's thread, sees those before it in the group, and is undone alone when it throws. It may be run
    /// again from the start, when one beside it had to be undone: what it does besides changing the transaction must bear that. `committed` runs
    /// once, after the durable commit and before any answer of the group: the place to change memory.
    ///
    /// - Parameters:
    ///   - change: the work, on the writer's thread. It must not block.
    ///   - committed: what to do in memory with the result.
    /// - Throws: what `change` threw, or ``StoreError`` if the group could not be committed; then nothing has changed.
    func write<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer,
        committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer

    /// Like ``write(_:committed:)``, but in a transaction of its own, begun immediate: what came before is committed first, and
    /// what comes after waits. For changes of a key ring.
    func writeAlone<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer,
        committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer

    /// Runs a query on a connection that only reads, off the caller's thread.
    func read<Answer: Sendable>(_ query: @escaping @Sendable (any StoreReading) throws -> Answer) async throws -> Answer

    /// Writes a copy of everything as it is at one moment, complete and on the disk when this returns. Changes go on meanwhile.
    ///
    /// - Parameters:
    ///   - folder: where to; it must exist.
    ///   - name: the file's name; a file of that name is replaced.
    func snapshot(to folder: String, name: String) async throws

    /// Why no change is accepted any more until the daemon is started again; nil while changes are accepted. One of
    /// ``StoreError/writingStopped(_:)`` and ``StoreError/foreignWriter``; the daemon exits on the latter.
    var fault: StoreError? { get }

    /// Size of the files, for `status`.
    func footprint() throws(StoreError) -> StoreFootprint

    /// What it has done and what waits for it, for metrics. Reads memory only.
    func activity() -> StoreActivity

    /// Finishes what waits, folds the write-ahead log into the database and closes everything. Later calls throw
    /// ``StoreError/closed``. Blocks the calling thread; never to be called from `change`, `committed` or a query.
    func close() throws(StoreError)
}

/// How large the store's files are.
public struct StoreFootprint: Equatable, Sendable {
    /// The file's path.
    public let path: String
    /// The database file, in bytes.
    public let bytes: Int64
    /// The write-ahead log, in bytes.
    public let logBytes: Int64

    /// A footprint from its parts.
    public init(path: String, bytes: Int64, logBytes: Int64) {
        self.path = path
        self.bytes = bytes
        self.logBytes = logBytes
    }
}
