import Glibc

/// A point of the continuous clock, in milliseconds; small enough for an atomic, so that the sweep reads it without a lock.
enum Deadline {
    /// No deadline.
    static let never = UInt64.max

    /// Now. The coarse clock costs a few nanoseconds and is a few milliseconds behind at most.
    static func now() -> UInt64 {
        var time = timespec()
        // tidy:allow seam because time-outs of connections belong to the server, which knows nothing of the product
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return UInt64(clamping: time.tv_sec) &* 1_000 &+ UInt64(clamping: time.tv_nsec / 1_000_000)
    }

    /// `milliseconds` after `start`, which is now unless said otherwise.
    static func after(_ milliseconds: UInt64, from start: UInt64 = now()) -> UInt64 {
        let (sum, overflow) = start.addingReportingOverflow(milliseconds)
        return overflow ? never : sum
    }
}

extension Duration {
    /// Whole milliseconds, none if negative.
    var milliseconds: UInt64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000)
        return overflow ? .max : whole &+ UInt64(clamping: attoseconds / 1_000_000_000_000_000)
    }
}
