/// What several runs of one measurement say.
struct Statistics: Sendable {
    /// In ascending order; never empty.
    private let values: [Double]

    /// - Parameter values: one a run; nil for none.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        self.values = values.sorted()
    }

    /// The middle one, or the mean of the two in the middle.
    var median: Double { (values[(values.count - 1) / 2] + values[values.count / 2]) / 2 }
    /// The smallest.
    var least: Double { values[0] }
    /// The largest.
    var most: Double { values[values.count - 1] }
}
