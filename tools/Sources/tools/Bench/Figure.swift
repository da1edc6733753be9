/// One row of the report.
struct Figure: Encodable, Sendable {
    /// How a figure compares with what design 5.3 asks of it.
    enum Verdict: String, Encodable, Sendable {
        /// As good as it could be.
        case aim
        /// As good as it must be now.
        case reached
        /// Not good enough.
        case below
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
    /// What is asked; nil for a row that is there to compare.
    let target: Target?
    /// What a reader must know, for example why a value is missing.
    let note: String

    init(
        _ row: String, _ what: String, unit: String, ours: [Double], other: (name: String, values: [Double]) = ("", []),
        target: Target? = nil, note: String = ""
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

    /// A row that could not be measured.
    init(_ row: String, _ what: String, notMeasured reason: String) {
        self.init(row, what, unit: "", ours: [], note: "not measured: \(reason)")
    }

    /// The median of ours by the median of theirs.
    var ratio: Double? {
        guard let ours = Statistics(ours)?.median, let other = Statistics(other)?.median, other > 0 else { return nil }
        return ours / other
    }

    /// How it compares; nil when nothing is asked, or there is nothing to compare.
    var verdict: Verdict? {
        guard let target else { return nil }
        return (target.isOfRatio ? ratio : Statistics(ours)?.median).map { target.verdict(of: $0) }
    }

    /// Whether there is a value, and with it what is asked can be judged.
    var isMeasured: Bool { !ours.isEmpty && (target == nil || verdict != nil) }

    private enum CodingKeys: String, CodingKey {
        case row, what, unit, ours, oursRuns, other, otherName, otherRuns, ratio, toReach, aim, verdict, note
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
        if let target {
            try container.encode(target.text(of: target.now, unit: unit), forKey: .toReach)
            try container.encode(target.text(of: target.aim, unit: unit), forKey: .aim)
        }
        try container.encodeIfPresent(verdict, forKey: .verdict)
        if !note.isEmpty { try container.encode(note, forKey: .note) }
    }
}
