import Synchronization
import WaiaasCore

/// Decides which ended sessions memory may forget, and knows what it lacks when the wall clock goes back (design 2.1, "Clocks").
///
/// A session that ended by a clock that was wrong has not ended: its token verifies again when the clock is right. So a running daemon
/// forgets by a clock that does not believe a jump ahead. What it could not know, because it was started while the clock was wrong or the
/// jump stood for a day, is read from the store again.
final class SessionForgetting: Sendable {
    private struct State {
        var wall: CautiousWall
        /// No session that ended later than this was left out.
        var forgottenThrough: WallTime
    }

    private let state: Mutex<State>

    /// - Parameter start: when the sessions were loaded: all that ended after ``loadLimit(at:)``.
    init(loadedAt start: Moment) {
        state = Mutex(State(wall: CautiousWall(at: start), forgottenThrough: Self.loadLimit(at: start.wall)))
    }

    /// Sessions that ended at this time or before need not be in memory. A clock that is set back by less than the leeway misses none.
    static func loadLimit(at now: WallTime) -> WallTime { now - SessionLimits.leeway }

    /// The time by which ended sessions may be forgotten.
    func now(at now: Moment) -> WallTime { state.withLock { $0.wall.look(at: now) } }

    /// Says that what ended before the leeway of `now` is being dropped.
    func willForget(at now: WallTime) {
        state.withLock { $0.forgottenThrough = max($0.forgottenThrough, Self.loadLimit(at: now)) }
    }

    /// Which sessions may be missing at `now`, by their end; nil if none is.
    func missing(at now: WallTime) -> (after: WallTime, through: WallTime)? {
        let (after, through) = (Self.loadLimit(at: now), state.withLock { $0.forgottenThrough })
        return now < through ? (after, through) : nil
    }

    /// Says that everything that has not ended at `now` is in memory again.
    func didRecall(at now: WallTime) { state.withLock { $0.forgottenThrough = Self.loadLimit(at: now) } }
}
