/// What is measured, and how often.
struct BenchPlan: Sendable {
    /// The waiaas to measure.
    let binary: String
    /// The OpenBao to compare with, if it is there.
    let openBao: String
    /// How long one run takes.
    let seconds: Int
    /// How many runs there are; the two sides of a row take turns.
    let runs: Int
    /// Where data directories with many sessions are kept from one time to the next.
    let kept: String
    /// The rows asked for; nil for all.
    let rows: Set<String>?

    /// Whether a row is asked for.
    func wants(_ row: String) -> Bool { rows?.contains(row) ?? true }
}

/// One thing that is measured: a file of its own under `Subjects`.
struct BenchSubject: Sendable {
    /// The rows of the table of figures (design 5.3) that it fills.
    let rows: [String]
    /// What it is about.
    let what: String
    /// Measures it.
    let measure: @Sendable (BenchPlan) async throws(ToolError) -> [Figure]
}
