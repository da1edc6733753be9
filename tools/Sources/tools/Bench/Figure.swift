/// One row of the report.
struct Figure: Encodable, Sendable {
    /// What must hold for the ratio or for our own value.
    enum Target: Sendable {
        /// Ours divided by the other's.
        case ratioAtLeast(Double)
        /// The same, where less is better.
        case ratioAtMost(Double)
        /// Our own value.
        case atMost(Double)
        /// Nothing; the row is there to compare.
        case none
    }

    /// The row of the table of figures (design 5.3), with a letter where one row has several figures.
    let row: String
    /// What is measured.
    let what: String
    /// The unit of both values.
    let unit: String
    /// Our values, one a run; empty when it could not be measured.
    let ours: [Double]
    /// Whose figure stands beside ours.
    let otherName: String
    /// Their values.
    let other: [Double]
    /// What is to be reached now.
    let target: Target
    /// What a reader must know, for example why a value is missing.
    let note: String

    init(
        _ row: String, _ what: String, unit: String, ours: [Double], other: (name: String, values: [Double]) = ("", []),
        target: Target = .none, note: String = ""
    ) {
        self.row = row
        self.what = what
        self.unit = unit
        self.ours = ours
        otherName = other.name
        self.other = other.values
        self.target = target
        self.note = note
    }

    /// The median of ours by the median of theirs.
    var ratio: Double? {
        guard let ours = Statistics(ours)?.median, let other = Statistics(other)?.median, other > 0 else { return nil }
        return ours / other
    }

    /// Whether the target is reached; nil when there is none, or nothing to compare.
    var isReached: Bool? {
        switch target {
        case .ratioAtLeast(let least): ratio.map { $0 >= least }
        case .ratioAtMost(let most): ratio.map { $0 <= most }
        case .atMost(let most): Statistics(ours).map { $0.median <= most }
        case .none: nil
        }
    }

    private enum CodingKeys: String, CodingKey {
        case row, what, unit, ours, oursRuns, other, otherName, otherRuns, ratio, toReach, reached, note
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(row, forKey: .row)
        try container.encode(what, forKey: .what)
        try container.encode(unit, forKey: .unit)
        try container.encodeIfPresent(Statistics(ours)?.median, forKey: .ours)
        try container.encode(ours, forKey: .oursRuns)
        if !otherName.isEmpty {
            try container.encode(otherName, forKey: .otherName)
            try container.encodeIfPresent(Statistics(other)?.median, forKey: .other)
            try container.encode(other, forKey: .otherRuns)
        }
        try container.encodeIfPresent(ratio, forKey: .ratio)
        if case .none = target {} else { try container.encode(FigureTable.text(of: target, unit: unit), forKey: .toReach) }
        try container.encodeIfPresent(isReached, forKey: .reached)
        if !note.isEmpty { try container.encode(note, forKey: .note) }
    }
}
