import WaiaasCore

/// What the session ring must do, said a second time and in another way: with deadlines on two clocks, in plain milliseconds.
///
/// The rule under test counts how much time has passed; this model writes down, when a key retires, at which reading of each
/// clock its time is over. Where the two disagree, one of them is wrong.
struct RotationModel {
    static let window: Int64 = 300_000
    static let tolerance: Int64 = 5_000

    /// The key that verifies beside the active one, and the last readings of the clocks at which it does.
    struct Retiring: Equatable {
        let key: Int
        let lastContinuous: Int64
        let lastWall: Int64
    }

    /// What the store holds: the row `jwt_secret_rotated_at` and what belongs to it.
    struct Stored: Equatable {
        let key: Int
        let rotatedAt: Int64
    }

    private(set) var active = 1
    private(set) var retiring: Retiring?
    private(set) var stored: Stored?
    /// The reading of the continuous clock from which an ordinary rotation is allowed again.
    private(set) var cooldownEnds: Int64?
    private(set) var epoch: UInt64 = 0

    func mayRotate(at moment: Moment) -> Bool { cooldownEnds.map { moment.continuous.milliseconds >= $0 } ?? true }

    func hasEnded(at moment: Moment) -> Bool { retiring.map { !verifies($0, at: moment) } ?? false }

    /// The keys that verify, the active one first.
    func verifying(at moment: Moment) -> [Int] { [active] + (retiring.map { verifies($0, at: moment) ? [$0.key] : [] } ?? []) }

    mutating func rotate(to key: Int, at moment: Moment) {
        let (wall, continuous) = (moment.wall.milliseconds, moment.continuous.milliseconds)
        retiring = Retiring(key: active, lastContinuous: continuous + Self.window, lastWall: wall + Self.window)
        stored = Stored(key: active, rotatedAt: wall)
        cooldownEnds = continuous + Self.window
        active = key
        epoch += 1
    }

    mutating func cut(to key: Int) {
        (retiring, stored, cooldownEnds) = (nil, nil, nil)
        active = key
        epoch += 1
    }

    /// The cooldown outlives the purge in this process, because the wall clock may have caused the purge.
    mutating func purge() {
        (retiring, stored) = (nil, nil)
        epoch += 1
    }

    /// A new process reads the store. What remains of the window is what the wall clock says, from now on on both clocks.
    mutating func restart(at moment: Moment) {
        let (wall, continuous) = (moment.wall.milliseconds, moment.continuous.milliseconds)
        (retiring, cooldownEnds) = (nil, nil)
        guard let found = stored else { return }
        guard found.rotatedAt <= wall + Self.tolerance else { return purge() }
        let left = min(found.rotatedAt, wall) + Self.window - wall
        retiring = Retiring(key: found.key, lastContinuous: continuous + left, lastWall: wall + left)
        cooldownEnds = continuous + left
    }

    private func verifies(_ key: Retiring, at moment: Moment) -> Bool {
        moment.continuous.milliseconds <= key.lastContinuous && moment.wall.milliseconds <= key.lastWall
    }
}
