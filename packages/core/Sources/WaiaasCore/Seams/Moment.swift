/// One instant read on both clocks: what a rule needs to decide whether a deadline has passed.
public struct Moment: Hashable, Sendable {
    /// What the wall clock said.
    public let wall: WallTime
    /// What the continuous clock said.
    public let continuous: ContinuousTime

    /// A moment from its two readings, taken together.
    public init(wall: WallTime, continuous: ContinuousTime) {
        self.wall = wall
        self.continuous = continuous
    }
}
