import Synchronization
import WaiaasCore

/// When a token was last signed that belongs to no family: its end is stored nowhere, so its key must outlive it by assumption.
final class FamilylessTokens: Sendable {
    private let last: Atomic<Int64>

    /// - Parameter start: the daemon's start: what was signed before it is not known, so it counts as signed then.
    init(since start: WallTime) {
        last = Atomic(start.milliseconds)
    }

    /// A token was signed.
    func note(at now: WallTime) { last.max(now.milliseconds, ordering: .relaxed) }

    /// When the last one was signed.
    var lastSigned: WallTime { WallTime(milliseconds: last.load(ordering: .relaxed)) }
}
