/// How long something took, counted in buckets. Recording is two atomic additions.
public final class LatencyHistogram: Sendable {
    /// From a tenth of a millisecond, which a fast disk needs for a sync, to the five seconds in which somebody gives up.
    public static let usualBounds: [Duration] = [
        .microseconds(100), .microseconds(250), .microseconds(500), .milliseconds(1), .microseconds(2_500), .milliseconds(5),
        .milliseconds(10), .milliseconds(25), .milliseconds(50), .milliseconds(100), .milliseconds(250), .seconds(1), .seconds(5),
    ]

    private let bounds: [Duration]
    private let buckets: [Counter]
    private let nanoseconds = Counter()
    private let stopwatch: Stopwatch

    /// - Parameters:
    ///   - bounds: the upper end of each bucket, rising; one more bucket takes what is longer.
    ///   - stopwatch: what measures.
    public init(bounds: [Duration] = usualBounds, stopwatch: Stopwatch = .system) {
        self.bounds = bounds
        self.stopwatch = stopwatch
        buckets = (0...bounds.count).map { _ in Counter() }
    }

    /// Begins to measure.
    ///
    /// - Returns: a reading to give to ``end(_:)``.
    public func begin() -> Stopwatch.Reading { stopwatch.now }

    /// Records the time since a reading.
    public func end(_ begin: Stopwatch.Reading) { record(stopwatch.now - begin) }

    /// Records a duration.
    public func record(_ duration: Duration) {
        let index = bounds.firstIndex { duration <= $0 } ?? bounds.count
        buckets[index].add()
        nanoseconds.add(duration.wholeNanoseconds)
    }

    /// What was recorded so far.
    public var snapshot: HistogramSnapshot {
        HistogramSnapshot(
            bounds: bounds.map(\.inSeconds), counts: buckets.map(\.value), sum: Double(nanoseconds.value) / 1_000_000_000)
    }
}

extension Duration {
    /// In seconds, as metrics tell time.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1_000_000_000_000_000_000
    }

    /// Never negative, and at most 584 years.
    fileprivate var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(UInt64(attoseconds) / 1_000_000_000)
        return overflow || carry ? .max : sum
    }
}
