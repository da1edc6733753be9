import Synchronization
public import WaiaasCore

/// Clocks that stand still until a test moves them.
public final class ManualClock: Sendable {
    private let state: Mutex<Moment>

    /// A clock that starts at the given wall time, with its continuous clock at zero.
    public init(wall: WallTime = WallTime(seconds: 1_800_000_000)) {
        state = Mutex(Moment(wall: wall, continuous: ContinuousTime(milliseconds: 0)))
    }

    /// The seam to hand to the code under test.
    public var clocks: Clocks { Clocks { [self] in state.withLock { $0 } } }

    /// What both clocks say.
    public var now: Moment { state.withLock { $0 } }

    /// Moves both clocks forward, as time does.
    public func advance(by duration: Duration) {
        state.withLock { $0 = Moment(wall: $0.wall + duration, continuous: $0.continuous + duration) }
    }

    /// Sets the wall clock forward or back without any time passing.
    public func jumpWall(by duration: Duration) {
        state.withLock { $0 = Moment(wall: $0.wall + duration, continuous: $0.continuous) }
    }
}
