/// A reading of a clock that never jumps and counts suspend, in milliseconds since the machine's boot.
///
/// It means nothing after a restart of the machine, so it is never stored.
public struct ContinuousTime: Hashable, Comparable, Sendable {
    /// Milliseconds since the start of the clock.
    public let milliseconds: Int64

    /// A reading from milliseconds.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Earlier sorts first.
    public static func < (left: ContinuousTime, right: ContinuousTime) -> Bool { left.milliseconds < right.milliseconds }

    /// This reading moved by a duration; saturates.
    public static func + (time: ContinuousTime, duration: Duration) -> ContinuousTime {
        let (sum, overflow) = time.milliseconds.addingReportingOverflow(duration.wholeMilliseconds)
        return ContinuousTime(milliseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// The span between two readings; saturates.
    public static func - (left: ContinuousTime, right: ContinuousTime) -> Duration {
        let (difference, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
        return .milliseconds(overflow ? (left < right ? Int64.min : Int64.max) : difference)
    }
}
