import Glibc

/// The seam to time: everything that needs "now" is given one of these.
public struct Clocks: Sendable {
    private let read: @Sendable () -> Moment

    /// Clocks that answer with a closure; tests pass a manual one.
    public init(read: @escaping @Sendable () -> Moment) {
        self.read = read
    }

    /// Both clocks, read now.
    public var now: Moment { read() }

    /// The system's clocks: `CLOCK_REALTIME`, and `CLOCK_BOOTTIME`, which goes on while the machine sleeps.
    public static let system = Clocks {
        Moment(
            wall: WallTime(milliseconds: milliseconds(of: CLOCK_REALTIME)),
            continuous: ContinuousTime(milliseconds: milliseconds(of: CLOCK_BOOTTIME)))
    }

    private static func milliseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        // Fails only for a clock that the kernel does not have; both have been there since Linux 2.6.39.
        guard unsafe clock_gettime(clock, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
