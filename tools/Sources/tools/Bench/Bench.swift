extension Subcommand {
    /// Measures.
    static let bench = Subcommand(
        name: "bench", usage: "--binary FILE [--bao FILE] [--rows 1,3] [--seconds N] [--runs N] [--kept FOLDER] [--json]",
        summary: "prints figures of a release binary beside nginx and OpenBao in one run; it fails only for a row that cannot be measured"
    ) { words throws(ToolError) in
        let options = try Options(words, flags: ["--json"], values: ["--binary", "--bao", "--rows", "--seconds", "--runs", "--kept"])
        guard let binary = options.text("--binary") else { throw .usage("--binary FILE names the waiaas to measure") }
        let rows = try options.text("--rows").map { text throws(ToolError) in try Self.rows(text) }
        let plan = BenchPlan(
            binary: binary, openBao: options.text("--bao") ?? "bao", seconds: try options.number("--seconds", in: 1...600, default: 5),
            runs: try options.number("--runs", in: 1...99, default: 5), kept: options.text("--kept") ?? ".build/bench-data", rows: rows)
        var figures: [Figure] = []
        for subject in subjects where subject.rows.contains(where: plan.wants) {
            ToolError.tell("measuring: \(subject.what)")
            do throws(ToolError) {
                figures += try await subject.measure(plan)
            } catch {
                figures += subject.rows.filter(plan.wants).map { Figure($0, subject.what, notMeasured: "\(error)") }
            }
        }
        print(options.has("--json") ? try Columns.json(of: figures) : FigureTable.text(of: figures))
        let missing = figures.filter { !$0.isMeasured }.map { "row \($0.row) could not be measured: \($0.note)" }
        guard missing.isEmpty else { throw .found(missing) }
    }

    private static let subjects: [BenchSubject] = [
        .verification, .issue, .refresh, .rotation, .size, .scale, .streams, .auditVerification, .userTokens, .userBounds, .sharing,
    ]

    /// Rows by their numbers in design 5.3; those that nothing fills are named instead of passed over.
    private static func rows(_ text: String) throws(ToolError) -> Set<String> {
        let known = Set(subjects.flatMap(\.rows))
        let asked = Set(text.split(separator: ",").map(String.init))
        guard asked.isSubset(of: known) else {
            let numbers = known.compactMap { Int($0) }.sorted().map(String.init).joined(separator: ",")
            throw .usage("--rows takes some of \(numbers), not \(asked.subtracting(known).sorted().joined(separator: ","))")
        }
        return asked
    }
}
