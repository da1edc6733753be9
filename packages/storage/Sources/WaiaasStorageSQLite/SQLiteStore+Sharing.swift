public import WaiaasCore

/// A store that is one of several: it enters what it commits in a log that all of them share, and repeats what the others entered.
extension SQLiteStore {
    /// Where the store stands in the log that it shares; nil if it stands alone. A store that shares a log and does not follow it only
    /// reads: every change ends with ``StoreError/shared``.
    public var position: LogHead? { writer.position }

    /// Makes a store that stands alone one that shares a log, or the other way round. It keeps everything it holds.
    ///
    /// - Parameter head: where it stands from now on; nil to stand alone.
    public func stand(at head: LogHead?) async throws {
        try await send { .stand(head, done: $0) }
    }

    /// Begins to follow the log; when it returns, the store holds what the others had entered by now.
    ///
    /// - Throws: ``StoreError/sharedStateUnreachable(_:)``; ``StoreError/newerSchema(found:known:)`` if a later release entered
    ///   something; ``StoreError/writingStopped(_:)`` if the log is not this store's, or has gone on beyond what it keeps.
    public func follow(_ sharing: Sharing) async throws {
        try await send { .follow(sharing, done: $0) }
    }

    /// Others may have entered something: it is repeated soon. Returns at once; asking often costs nothing.
    public func catchUp() {
        // A store that is closed or overloaded has nothing to catch up with now.
        try? writer.catchUp()
    }

    /// Where a copy of a store stands that nobody has open; nil if it stands alone.
    public static func position(inCopyAt path: String) throws(StoreError) -> LogHead? {
        let connection = try Connection(path: path)
        try connection.applyCommonSettings()
        return try SharedJournal(connection: connection).position()
    }

    private func send(_ task: @Sendable (@escaping @Sendable (Result<Void, StoreError>) -> Void) -> WriterTask) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            do throws(StoreError) {
                try writer.send(task { continuation.resume(with: $0.mapError { $0 as any Error }) })
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
