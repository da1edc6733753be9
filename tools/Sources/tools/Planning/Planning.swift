extension Subcommand {
    /// Checks and verifies the planning artifacts.
    static let planning = Subcommand(
        name: "planning",
        usage: "lint [PATH] | verify [PLAN|PHASE] [--write|--check] [--results DIR] | status [--json|--check] | commits [RANGE]",
        summary: "checks plans and what came of them; verify ends with 0 when all is verified, 1 with gaps, 3 when a person is needed"
    ) { words throws(ToolError) in
        let rest = Array(words.dropFirst())
        switch words.first {
        case "lint": try lint(rest)
        case "verify": try Verify.run(rest)
        case "status": try status(rest)
        case "commits": try await commits(rest)
        default: throw .usage("lint, verify, status or commits comes next")
        }
    }

    private static func lint(_ words: [String]) throws(ToolError) {
        guard words.count < 2, words.first?.hasPrefix("-") != true else { throw .usage("lint takes one path") }
        let path = words.first ?? PlanningFolder.path
        let project = Project(root: ".")
        guard [.file, .folder].contains(project.content(at: path)) else { throw .usage("\(path) is no file or folder of the project") }
        let faults = Lint.faults(of: PlanningFolder(of: project), tests: TestSources(of: project), at: path)
        for warning in faults where warning.isWarning { print(warning) }
        let errors = faults.filter { !$0.isWarning }
        guard errors.isEmpty else { throw .found(errors.map(\.description)) }
    }

    private static func status(_ words: [String]) throws(ToolError) {
        let options = try Options(words, flags: ["--json", "--check"])
        let project = Project(root: ".")
        let phases = PhaseStatus.all(in: PlanningFolder(of: project))
        guard let state = project.file(State.path) else { throw .file(path: State.path, reason: "is missing") }
        let updated = State.updated(state.text, phases)
        if options.has("--check") {
            guard updated == state.text else {
                throw .found(["\(State.path): does not say how far the plans are; make planning writes it"])
            }
            return
        }
        print(options.has("--json") ? try Columns.json(of: phases) : PhaseStatus.table(phases))
        if updated != state.text { try project.write(updated, to: State.path) }
    }

    private static func commits(_ words: [String]) async throws(ToolError) {
        guard words.count < 2, words.first?.hasPrefix("-") != true else { throw .usage("commits takes one range, such as main..HEAD") }
        let plans = Set(PlanningFolder(of: Project(root: ".")).plans.map(\.id))
        let log = try await Program.output("git", ["log", "--format=%h %s", words.first ?? "HEAD", "--"])
        let faults = log.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return CommitSubject.fault(in: parts.last ?? "", plans: plans).map { "\(parts.first ?? ""): \($0): \(parts.last ?? "")" }
        }
        guard faults.isEmpty else { throw .found(faults) }
    }
}
