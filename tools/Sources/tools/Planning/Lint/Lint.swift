import PlanningText

/// What is wrong with the planning artifacts of a project.
enum Lint {
    /// Every fault below a path, in order.
    ///
    /// - Parameter path: a file or a folder; what it refers to is looked for in the whole project.
    static func faults(of folder: PlanningFolder, tests: TestSources, at path: String = PlanningFolder.path) -> [Fault] {
        var faults = folder.faults + PlanGraph(plans: folder.plans, executed: folder.executed, project: folder.project).faults
        faults += folder.plans.flatMap { PlanRules.faults(of: $0, tests: tests) }
        for document in folder.documents {
            faults += title(of: document) + ReferenceRules.faults(of: document, in: folder)
            switch document.file.kind {
            case .summary: faults += SummaryRules.faults(of: document, in: folder)
            case .uat: faults += UATRules.faults(of: document, tests: tests)
            case .verification: faults += verdict(of: document)
            case .context: faults += decisions(of: document)
            case .state: faults += State.faults(of: document)
            case .plan, .research, .project, .roadmap, .config: break
            }
        }
        let path = Project.normal(path) ?? path
        return Set(faults.filter { $0.path == path || $0.path.hasPrefix(path + "/") }).sorted()
    }

    /// What the first heading must begin with.
    private static func title(of document: Document) -> [Fault] {
        guard let first = document.headings.first, first.level == 1 else {
            // The other dialect's plans have no headings.
            return document.dialect == .seed000 ? [] : [document.fault("title: the first heading is missing")]
        }
        guard let id = document.file.id, document.dialect != .seed000 else { return [] }
        let start =
            switch document.file.kind {
            case .plan: "Phase \(id.phase), Plan \(id.plan ?? 0):"
            case .summary: "Phase \(id.phase), Plan \(id.plan ?? 0) Summary:"
            case .verification: "Phase \(id.phase) Verification:"
            case .uat: "Phase \(id.phase) UAT:"
            default: "Phase \(id.phase)"
            }
        return first.title.hasPrefix(start) ? [] : [document.fault("title: is \"# \(start) …\"", line: first.line)]
    }

    /// A verification that passed has no row that failed.
    private static func verdict(of document: Document) -> [Fault] {
        guard let status = document.front?["status"]?.text, ["PASS", "passed"].contains(status) else { return [] }
        return document.lines.enumerated().compactMap { index, line in
            guard line.hasPrefix("|"), failures.contains(where: { stands($0, in: line) }) else { return nil }
            let words = line.split(separator: "|").compactMap { $0.split(separator: " ").first }
            return words.contains { failures.contains(String($0)) }
                ? document.fault("status: is \(status), but this row failed", line: index + 1) : nil
        }
    }

    /// The words of a row that failed.
    private static let failures = ["FAILED", "MISSING", "STUB", "NOT_WIRED"]
    private static let decision = Form(#/- \*\*(D-\d+).*/#)

    /// Decisions are cited by their number, so each has one of its own.
    private static func decisions(of document: Document) -> [Fault] {
        var seen: Set<Substring> = []
        return document.lines.enumerated().compactMap { index, line in
            guard line.hasPrefix("- **D-"), let id = decision.parts(of: line)?.1, !seen.insert(id).inserted else { return nil }
            return document.fault("\(id): this decision stands here twice", at: TextPlace(line: index + 1, column: 5))
        }
    }
}
