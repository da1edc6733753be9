import Synchronization
public import WaiaasCore

/// The store in one SQLite file: one writer that commits in groups, and readers beside it (design 3.4).
///
/// The file is opened in WAL mode with a sync for every commit, so what was answered is on the disk. Only the holder of the
/// instance lock may open it; a change by anybody else is noticed before the next commit, and ends writing. Nothing else in the
/// process may open and close the file: on Linux that would drop SQLite's locks.
public final class SQLiteStore: Store {
    let path: String
    let writer: Writer
    private let readers: Readers
    /// How the schema differs from what the migrations make, in words; only filled for a store that is inspected.
    public let schemaDifferences: [String]
    private let isClosed = Atomic(false)

    init(path: String, writer: Writer, readers: Readers, schemaDifferences: [String]) {
        self.path = path
        self.writer = writer
        self.readers = readers
        self.schemaDifferences = schemaDifferences
    }

    /// Why no change is accepted any more; nil while changes are accepted.
    public var fault: StoreError? { writer.fault }

    /// Joins the next group of changes, and returns when the group is durable.
    public func write<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer,
        committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        try await write(isAlone: false, change, committed)
    }

    /// Runs a change in a transaction of its own.
    public func writeAlone<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer,
        committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        try await write(isAlone: true, change, committed)
    }

    /// Runs a query on a connection that only reads.
    public func read<Answer: Sendable>(_ query: @escaping @Sendable (any StoreReading) throws -> Answer) async throws -> Answer {
        try await self.query { try query($0) }
    }

    /// Size of the files.
    public func footprint() throws(StoreError) -> StoreFootprint {
        if isClosed.load(ordering: .acquiring) { throw .closed }
        return StoreFootprint(path: path, bytes: try DatabaseFile.size(path), logBytes: try DatabaseFile.size(path + "-wal"))
    }

    /// What it has done and what waits for it.
    public func activity() -> StoreActivity {
        StoreActivity(
            changesWaiting: writer.waiting, queriesWaiting: readers.waiting, commits: writer.commits,
            failedCommits: writer.failedCommits)
    }

    /// Finishes what waits, folds the write-ahead log into the database and closes everything.
    ///
    /// The readers go first: the log can be folded to its end only when nobody reads from it.
    public func close() throws(StoreError) {
        guard isClosed.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged else { throw .closed }
        readers.close()
        try writer.close()
    }

    func query<Answer: Sendable>(_ query: @escaping @Sendable (Transaction) throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let request = ReadRequest(
                query: { transaction in
                    let answer = try query(transaction)
                    return { continuation.resume(returning: answer) }
                },
                fail: { continuation.resume(throwing: $0) })
            do throws(StoreError) { try readers.send(request) } catch { continuation.resume(throwing: error) }
        }
    }

    private func write<Answer: Sendable>(
        isAlone: Bool, _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer,
        _ committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let request = WriteRequest(
                isAlone: isAlone,
                run: { transaction in
                    let answer = try change(transaction)
                    return WriteRequest.Completion(
                        committed: { committed(answer) }, answer: { continuation.resume(returning: answer) })
                },
                fail: { continuation.resume(throwing: $0) })
            do throws(StoreError) { try writer.send(.change(request)) } catch { continuation.resume(throwing: error) }
        }
    }
}
