import Synchronization
import Testing
import WaiaasCore

/// A store that counts what is asked of it, and fails when told to: after the change has run, as a commit does.
final class SpyStore: Store {
    private struct State {
        var reads = 0
        var writes = 0
        var failure: StoreError?
        var isForbidden = false
    }

    private let inner: any Store
    private let state = Mutex(State())

    init(_ inner: any Store) {
        self.inner = inner
    }

    /// How often it was asked for anything.
    var calls: Int { state.withLock { $0.reads + $0.writes } }
    /// How often it was asked for a change.
    var writes: Int { state.withLock { $0.writes } }

    /// Lets every commit fail until told otherwise.
    func fail(with error: StoreError?) { state.withLock { $0.failure = error } }

    /// From now on every call is an issue of the test.
    func forbid() { state.withLock { $0.isForbidden = true } }
    func allow() { state.withLock { $0.isForbidden = false } }

    private func note(_ count: (inout State) -> Void) {
        let isForbidden = state.withLock { state in
            count(&state)
            return state.isForbidden
        }
        if isForbidden { Issue.record("the store was asked") }
    }

    private func failing<Answer>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer
    ) -> @Sendable (any StoreTransaction) throws -> Answer {
        { [self] transaction in
            let answer = try change(transaction)
            if let failure = state.withLock({ $0.failure }) { throw failure }
            return answer
        }
    }

    func write<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer, committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        note { $0.writes += 1 }
        return try await inner.write(failing(change), committed: committed)
    }

    func writeAlone<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer, committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        note { $0.writes += 1 }
        return try await inner.writeAlone(failing(change), committed: committed)
    }

    func read<Answer: Sendable>(_ query: @escaping @Sendable (any StoreReading) throws -> Answer) async throws -> Answer {
        note { $0.reads += 1 }
        return try await inner.read(query)
    }

    func snapshot(to folder: String, name: String) async throws { try await inner.snapshot(to: folder, name: name) }
    var fault: StoreError? { inner.fault }
    func footprint() throws(StoreError) -> StoreFootprint { try inner.footprint() }
    func activity() -> StoreActivity { inner.activity() }
    func close() throws(StoreError) { try inner.close() }
}
