/// How long a retiring key still verifies, measured by two clocks (design 2.1, "Clocks").
///
/// A process that saw the rotation, or loaded it while it was valid, measures by the continuous clock; the wall clock can
/// only shorten the overlap. So setting the wall clock back never lengthens the life of an old key.
public struct Overlap: Hashable, Sendable {
    /// How far ahead of our wall clock a stored start may lie before it counts as expired rather than as now.
    public static let tolerance = Duration.seconds(5)

    /// When the rotation happened, by the wall clock; never later than the moment at which this value was made.
    public let startedAt: WallTime
    /// How long the key still verifies, counted from the start.
    public let length: Duration
    /// The continuous clock's reading that counts as the start in this process.
    private let origin: ContinuousTime

    /// The overlap of a rotation that happens at this moment.
    public init(startingAt moment: Moment, length: Duration) {
        startedAt = moment.wall
        self.length = length
        origin = moment.continuous
    }

    /// The overlap of a rotation that another process made, read back from the store.
    ///
    /// A start that lies ahead by no more than ``tolerance`` counts as now, so ``endsAt`` promises no more than is kept.
    ///
    /// - Parameters:
    ///   - startedAt: the wall clock's reading that was stored.
    ///   - moment: now.
    /// - Returns: nil when it lies more than ``tolerance`` ahead: such a clock cannot be trusted with an old key.
    public init?(loading startedAt: WallTime, length: Duration, at moment: Moment) {
        let elapsed = moment.wall - startedAt
        guard elapsed >= .zero - Self.tolerance else { return nil }
        self.startedAt = min(startedAt, moment.wall)
        self.length = length
        origin = moment.continuous + (.zero - max(elapsed, .zero))
    }

    /// How much of the overlap is over: what the continuous clock says, or the wall clock if that says more.
    public func elapsed(at moment: Moment) -> Duration {
        max(elapsedContinuously(at: moment), moment.wall - startedAt)
    }

    /// How much time has really passed since the start: what a cooldown counts.
    public func elapsedContinuously(at moment: Moment) -> Duration {
        max(.zero, moment.continuous - origin)
    }

    /// Whether the key still verifies; the last instant of the length is inside.
    public func covers(_ moment: Moment) -> Bool { elapsed(at: moment) <= length }

    /// When the overlap ends, by the wall clock, if no clock jumps.
    public var endsAt: WallTime { startedAt + length }
}
