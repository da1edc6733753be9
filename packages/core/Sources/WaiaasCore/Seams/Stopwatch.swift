import Glibc

/// The seam to short spans of time: what measures how long work took. It tells no time of day and decides nothing.
public struct Stopwatch: Sendable {
    /// A moment that only another reading of the same stopwatch gives a meaning.
    public struct Reading: Sendable {
        private let nanoseconds: Int64

        /// A reading from nanoseconds since any fixed moment.
        public init(nanoseconds: Int64) {
            self.nanoseconds = nanoseconds
        }

        /// The span between two readings.
        public static func - (end: Reading, begin: Reading) -> Duration { .nanoseconds(end.nanoseconds &- begin.nanoseconds) }
    }

    private let read: @Sendable () -> Reading

    /// A stopwatch that answers with a closure.
    public init(read: @escaping @Sendable () -> Reading) {
        self.read = read
    }

    /// A reading.
    public var now: Reading { read() }

    /// The system's `CLOCK_MONOTONIC`.
    public static let system = Stopwatch {
        var time = timespec()
        // Fails only for a clock that the kernel does not have.
        guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return Reading(nanoseconds: 0) }
        return Reading(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }
}
