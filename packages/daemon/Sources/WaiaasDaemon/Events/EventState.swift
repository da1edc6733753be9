import WaiaasCore
import WaiaasEvents

/// All that is kept about events: the keys, the rotation that runs or ran last, the consumers. One value, stored and replaced whole, so that
/// no step of a rotation can be half true.
struct EventState: Sendable {
    /// The keys; their epoch counts the changes of the whole.
    var ring: EventRing
    /// The rotation that runs, or the last one.
    var rotation: EventRotation?
    /// The consumers, by name.
    var consumers: [EventConsumer]
    /// Whether it comes from a backup and was not yet compared with the targets: nothing is signed before that, and no key handed out.
    var isRestored = false

    /// The rotation that is not over.
    var runningRotation: EventRotation? { rotation.flatMap { $0.step.isOver ? nil : $0 } }

    /// The same as one change further, whatever changed.
    func following(_ state: EventState) -> EventState {
        var next = self
        next.ring = EventRing(
            epoch: state.ring.epoch &+ 1, active: ring.active, staged: ring.staged, retirees: ring.retirees)
        return next
    }

    /// What targets and consumers get: the keys, with the rotation that they are of.
    var document: EventDocument { EventDocument(ring, rotation: rotation?.id.description) }
}
