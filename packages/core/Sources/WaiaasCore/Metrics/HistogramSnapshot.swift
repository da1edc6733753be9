/// What a histogram held at one time.
public struct HistogramSnapshot: Equatable, Sendable {
    /// The upper end of each bucket but the last, which has none; rising.
    public let bounds: [Double]
    /// How many fell into each bucket alone; one more than there are bounds.
    public let counts: [UInt64]
    /// The sum of everything recorded.
    public let sum: Double

    /// A snapshot from its parts.
    public init(bounds: [Double], counts: [UInt64], sum: Double) {
        self.bounds = bounds
        self.counts = counts
        self.sum = sum
    }

    /// How many there were at all.
    public var count: UInt64 { counts.reduce(0, &+) }

    /// How many were at most as large as each bound, then all of them: the buckets as Prometheus wants them.
    public var cumulative: [(bound: Double, count: UInt64)] {
        var total: UInt64 = 0
        return zip(bounds + [.infinity], counts).map { bound, count in
            total &+= count
            return (bound, total)
        }
    }
}
