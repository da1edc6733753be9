/// A reading of the wall clock: milliseconds since 1970-01-01T00:00:00Z. It may jump; compare with ``ContinuousTime``.
public struct WallTime: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch; negative before it.
    public let milliseconds: Int64

    /// A time from milliseconds since the epoch.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// A time from whole seconds since the epoch; saturates at the ends of the range.
    public init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        milliseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Whole seconds since the epoch, rounded down: the unit of `iat` and `exp`.
    public var seconds: Int64 {
        let quotient = milliseconds / 1_000
        return milliseconds % 1_000 < 0 ? quotient - 1 : quotient
    }

    /// The time cut to a whole second, rounded down.
    public var wholeSecond: WallTime { WallTime(seconds: seconds) }

    /// Earlier sorts first.
    public static func < (left: WallTime, right: WallTime) -> Bool { left.milliseconds < right.milliseconds }

    /// This time moved by a duration; saturates, so hostile numbers cannot trap.
    public static func + (time: WallTime, duration: Duration) -> WallTime {
        let (sum, overflow) = time.milliseconds.addingReportingOverflow(duration.wholeMilliseconds)
        return WallTime(milliseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    /// This time moved back by a duration; saturates.
    public static func - (time: WallTime, duration: Duration) -> WallTime {
        let (difference, overflow) = time.milliseconds.subtractingReportingOverflow(duration.wholeMilliseconds)
        return WallTime(milliseconds: overflow ? (duration < .zero ? .max : .min) : difference)
    }

    /// The span between two readings, negative if the clock ran backwards; saturates.
    public static func - (left: WallTime, right: WallTime) -> Duration {
        let (difference, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
        return .milliseconds(overflow ? (left < right ? Int64.min : Int64.max) : difference)
    }
}

extension Duration {
    /// The span in whole milliseconds, rounded toward zero; saturates at the ends of `Int64`.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, overflowed) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return overflow || overflowed ? (seconds < 0 ? .min : .max) : sum
    }

    /// The span in whole seconds, rounded up and never negative: what `Retry-After` says.
    public var secondsRoundedUp: Int64 {
        let milliseconds = wholeMilliseconds
        guard milliseconds > 0 else { return 0 }
        return milliseconds / 1_000 + (milliseconds % 1_000 == 0 ? 0 : 1)
    }
}
