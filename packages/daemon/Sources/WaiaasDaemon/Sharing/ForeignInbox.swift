import Synchronization
import WaiaasCore

/// Where changes of others go until memory is there to take them: a start reads the store while others go on.
final class ForeignInbox: Sendable {
    private struct State {
        var waiting = ForeignChanges()
        var follower: MemoryFollower?
    }

    private let state = Mutex(State())

    /// Hands changes to memory, or keeps them. On the writer's thread.
    func take(_ changes: ForeignChanges, from store: any StoreReading) {
        let follower = state.withLock { state -> MemoryFollower? in
            if state.follower == nil { state.waiting.merge(changes) }
            return state.follower
        }
        follower?.take(changes, from: store)
    }

    /// Memory is there: it takes what waited, in the writer's turn, and everything from then on.
    func open(for follower: MemoryFollower, in store: any Store) async throws {
        try await store.write { [self] transaction in
            let waiting = state.withLock { state in
                state.follower = follower
                defer { state.waiting = ForeignChanges() }
                return state.waiting
            }
            follower.begin(from: transaction)
            if !waiting.isEmpty { follower.take(waiting, from: transaction) }
        } committed: { _ in
        }
    }
}
