/// The wall clock of whoever forgets things: what was removed because its time was over does not come back when the clock turns out to
/// have been wrong.
///
/// It follows the wall clock back at once, and ahead only as fast as the continuous clock runs; a jump ahead is believed when it has stood
/// for a day. Forgetting late costs a little memory, forgetting early costs what was promised (design 2.1, "Clocks").
public struct CautiousWall: Equatable, Sendable {
    /// How long a jump ahead must stand before it is believed.
    public static let patience = Duration.seconds(86_400)
    /// How far the wall clock may have run ahead of the continuous one between two looks and still count as going, not jumping: clocks
    /// are slewed.
    public static let slack = Duration.seconds(1)

    private var believed: WallTime
    private var lastLook: ContinuousTime
    private var aheadSince: ContinuousTime?

    /// A clock that believes the wall clock as it is now.
    public init(at start: Moment) {
        believed = start.wall
        lastLook = start.continuous
    }

    /// The time that can be relied on: never later than the wall clock, nor later than it would be had nobody set it.
    ///
    /// - Parameter now: both clocks; a continuous clock that went back counts as one that stood still.
    public mutating func look(at now: Moment) -> WallTime {
        let expected = believed + max(now.continuous - lastLook, .zero)
        lastLook = max(lastLook, now.continuous)
        guard now.wall > expected + Self.slack else {
            believed = now.wall
            aheadSince = nil
            return believed
        }
        let since = aheadSince ?? lastLook
        if lastLook - since >= Self.patience {
            believed = now.wall
            aheadSince = nil
        } else {
            believed = expected
            aheadSince = since
        }
        return believed
    }
}
