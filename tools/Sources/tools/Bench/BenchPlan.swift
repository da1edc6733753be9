/// What is measured, and how often.
struct BenchPlan: Sendable {
    /// The waiaas to measure.
    let binary: String
    /// The OpenBao to compare with, if it is there.
    let openBao: String
    /// How long one run takes.
    let seconds: Int
    /// How many runs there are; the two servers of a row take turns.
    let runs: Int
}

/// One thing that is measured: a file of its own under `Subjects`.
struct BenchSubject: Sendable {
    /// The rows of the table of figures (design 5.3) that it fills.
    let rows: Set<String>
    /// What it is about.
    let what: String
    /// Measures it.
    let measure: @Sendable (BenchPlan) async throws(ToolError) -> [Figure]
}
