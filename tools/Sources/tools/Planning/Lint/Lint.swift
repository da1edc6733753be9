import PlanningText

/// What is wrong with the planning artifacts of a project.
enum Lint {
    /// Every fault below a path, in order.
    ///
    /// - Parameter path: a file or a folder; what it refers to is looked for in the whole project.
    static func faults(of folder: PlanningFolder, tests: TestSources, at path: String = PlanningFolder.path) -> [Fault] {
        var faults = folder.faults + PlanGraph(plans: folder.plans, executed: folder.executed, project: folder.project).faults
        for (file, document) in folder.files {
            faults += title(of: file, document) + ReferenceRules.faults(of: file, document, in: folder)
            switch file.kind {
            case .plan:
                faults += folder.plans.first { $0.file.path == file.path }.map { PlanRules.faults(of: $0, document, tests: tests) } ?? []
            case .summary: faults += SummaryRules.faults(of: file, document, in: folder)
            case .uat: faults += UATRules.faults(of: file, document, tests: tests)
            case .verification: faults += verdict(of: file, document)
            case .context: faults += decisions(of: file, document)
            case .state: faults += State.faults(of: document)
            case .research, .project, .roadmap, .config: break
            }
        }
        let path = Project.normal(path) ?? path
        return Set(faults.filter { $0.path == path || $0.path.hasPrefix(path + "/") }).sorted()
    }

    /// What the first heading must begin with.
    private static func title(of file: PlanningFile, _ document: Document) -> [Fault] {
        guard let first = document.headings.first, first.level == 1 else {
            // The other dialect's plans have no headings.
            if let front = document.front, Dialect(of: front, kind: file.kind) == .seed000 { return [] }
            return [Fault(path: file.path, place: TextPlace(line: document.lines.count), message: "title: the first heading is missing")]
        }
        guard let id = file.id, document.front.map({ Dialect(of: $0, kind: file.kind) }) != .seed000 else { return [] }
        let start =
            switch file.kind {
            case .plan: "Phase \(id.phase), Plan \(id.plan ?? 0):"
            case .summary: "Phase \(id.phase), Plan \(id.plan ?? 0) Summary:"
            case .verification: "Phase \(id.phase) Verification:"
            case .uat: "Phase \(id.phase) UAT:"
            default: "Phase \(id.phase)"
            }
        guard !first.title.hasPrefix(start) else { return [] }
        return [Fault(path: file.path, place: TextPlace(line: first.line), message: "title: is \"# \(start) …\"")]
    }

    /// A verification that passed has no row that failed.
    private static func verdict(of file: PlanningFile, _ document: Document) -> [Fault] {
        guard let status = document.front?["status"]?.text, ["PASS", "passed"].contains(status) else { return [] }
        return document.lines.enumerated().compactMap { index, line in
            let cells = line.split(separator: "|").map { $0.trimmingPrefix(while: \.isWhitespace) }.map {
                $0.split(separator: " ").first ?? ""
            }
            guard line.hasPrefix("|"), cells.contains(where: { ["FAILED", "MISSING", "STUB", "NOT_WIRED"].contains($0) }) else {
                return nil
            }
            return Fault(path: file.path, place: TextPlace(line: index + 1), message: "status: is \(status), but this row failed")
        }
    }

    /// Decisions are cited by their number, so each has one of its own.
    private static func decisions(of file: PlanningFile, _ document: Document) -> [Fault] {
        var seen: Set<Substring> = []
        return document.lines.enumerated().compactMap { index, line in
            guard line.hasPrefix("- **D-"), let id = line.firstMatch(of: #/^- \*\*(D-\d+)/#)?.output.1, !seen.insert(id).inserted else {
                return nil
            }
            return Fault(path: file.path, place: TextPlace(line: index + 1, column: 5), message: "\(id): this decision stands here twice")
        }
    }
}
