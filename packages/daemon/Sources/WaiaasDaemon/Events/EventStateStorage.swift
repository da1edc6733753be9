import WaiaasCore
import WaiaasCrypto
import WaiaasEvents

/// How an ``EventState`` lies in `system_state`: the row `event_ring`, sealed for the epoch in `event_ring_epoch`. So nobody who can write
/// to the database adds a consumer, prolongs a window or puts an old state back beside a newer epoch.
struct EventStateStorage: Sendable {
    private let sealed: SealedState

    init(key: SealingKey) {
        sealed = SealedState(key: key)
    }

    /// Reads the state; nil if there is none yet.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)`` for an impossible shape.
    func load(from store: any StateReading, at moment: Moment) throws -> EventState? {
        guard try store.state(.eventRing) != nil else {
            // A ring that somebody took away is not one that never was: a fresh one would refuse every signature without a word.
            guard try store.state(.eventRingEpoch) == nil else { throw EventStateDocument.damaged("it is missing") }
            return nil
        }
        let epoch = try epoch(in: store)
        guard let text = try sealed.secret(.eventRing, epoch: epoch, in: store) else { throw EventStateDocument.damaged("it is missing") }
        return try EventStateDocument.state(text, epoch: epoch, at: moment)
    }

    /// Writes the state, whole, for its epoch.
    func save(_ state: EventState, to store: any StateStore) throws {
        try sealed.store(try EventStateDocument.bytes(of: state), as: .eventRing, epoch: state.ring.epoch, in: store)
        try store.setState(.eventRingEpoch, to: String(state.ring.epoch))
    }

    /// The epoch of the stored state: what a change compares with before it swaps.
    func epoch(in store: any StateReading) throws(StoreError) -> UInt64 {
        guard let text = try store.state(.eventRingEpoch), let epoch = UInt64(text), String(epoch) == text else {
            throw .damaged(table: "system_state", column: StateName.eventRingEpoch.rawValue, reason: "it is missing or no epoch")
        }
        return epoch
    }
}
