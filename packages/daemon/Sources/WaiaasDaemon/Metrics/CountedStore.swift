import WaiaasCore

/// A store that counts what is asked of it: how many reads and changes, and how many of them by a verification, which must ask for none.
final class CountedStore: Store {
    /// Queries.
    let reads = Counter()
    /// Changes.
    let changes = Counter()
    /// Queries and changes that a verification asked for.
    let askedByVerification = Counter()

    private let inner: any Store

    init(_ inner: any Store) {
        self.inner = inner
    }

    func write<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer, committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        count(changes)
        return try await inner.write(change, committed: committed)
    }

    func writeAlone<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer, committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        count(changes)
        return try await inner.writeAlone(change, committed: committed)
    }

    func read<Answer: Sendable>(_ query: @escaping @Sendable (any StoreReading) throws -> Answer) async throws -> Answer {
        count(reads)
        return try await inner.read(query)
    }

    func snapshot(to folder: String, name: String) async throws {
        count(reads)
        try await inner.snapshot(to: folder, name: name)
    }

    var fault: StoreError? { inner.fault }
    func footprint() throws(StoreError) -> StoreFootprint { try inner.footprint() }
    func activity() -> StoreActivity { inner.activity() }
    func close() throws(StoreError) { try inner.close() }

    private func count(_ counter: Counter) {
        counter.add()
        if VerificationScope.isVerifying { askedByVerification.add() }
    }
}
