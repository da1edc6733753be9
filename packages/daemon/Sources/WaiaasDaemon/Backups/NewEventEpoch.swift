import WaiaasCore
import WaiaasEvents

/// The event secret's part of a new epoch: nobody knows whether the keys of the backup are still in use, so nothing is signed with them
/// before the targets were looked at (design 2.10).
struct NewEventEpoch {
    let storage: EventStateStorage

    /// Begins it inside the transaction of the whole; a database that never had event keys is left alone.
    func begin(in transaction: any StoreTransaction, at now: Moment) throws {
        guard var state = try storage.load(from: transaction, at: now) else { return }
        let (ring, epoch) = (state.ring, max(state.ring.epoch &+ 1, UInt64(clamping: now.wall.milliseconds)))
        state.ring = EventRing(epoch: epoch, active: ring.active, staged: ring.staged, retirees: ring.retirees)
        state.isRestored = true
        try storage.save(state, to: transaction)
        // What consumers said on the backup's day tells nothing of today.
        try transaction.setState(.eventAcknowledgements, to: nil)
    }
}
