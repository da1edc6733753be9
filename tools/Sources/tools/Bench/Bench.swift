extension Subcommand {
    /// Measures.
    static let bench = Subcommand(
        name: "bench", usage: "--binary FILE [--bao FILE] [--rows 1,3] [--seconds N] [--runs N] [--json]",
        summary: "prints figures of a release binary beside nginx and OpenBao in one run; it reports and never fails for a figure"
    ) { words throws(ToolError) in
        let options = try Options(words, flags: ["--json"], values: ["--binary", "--bao", "--rows", "--seconds", "--runs"])
        guard let binary = options.text("--binary") else { throw .usage("--binary FILE names the waiaas to measure") }
        let plan = BenchPlan(
            binary: binary, openBao: options.text("--bao") ?? "bao", seconds: try options.number("--seconds", in: 1...600, default: 5),
            runs: try options.number("--runs", in: 1...99, default: 5))
        let wanted = options.text("--rows").map { Set($0.split(separator: ",").map(String.init)) }
        var figures: [Figure] = []
        for subject in subjects where wanted.map({ !$0.isDisjoint(with: subject.rows) }) ?? true {
            ToolError.tell("measuring: \(subject.what)")
            figures += try await subject.measure(plan)
        }
        print(options.has("--json") ? try FigureTable.json(of: figures) : FigureTable.text(of: figures))
    }

    private static let subjects: [BenchSubject] = [.verification, .issue, .rotation, .memory]
}
