import PlanningText

/// The rules of a summary: its plan, its headings, its counts, its deviations.
enum SummaryRules {
    private static let sections = [
        "What Was Built", "Implementation Notes", "Deviations", "Commits", "Verification Status", "Notes for Next Plan",
    ]

    static func faults(of file: PlanningFile, _ document: Document, in folder: PlanningFolder) -> [Fault] {
        guard let front = document.front, let id = file.id else { return [] }
        var faults: [Fault] = []
        guard let plan = folder.file(.plan, of: id) else {
            return [Fault(path: file.path, place: TextPlace(line: 1), message: "plan: this summary has no plan \(id)")]
        }
        guard Dialect(of: front, kind: .summary) == .seed001 else { return [] }
        faults += sections.filter { document.section($0) == nil }.map {
            Fault(path: file.path, place: TextPlace(line: document.lines.count), message: "## \($0): is missing")
        }
        let deviations = deviations(of: document)
        faults += deviations.flatMap { deviationFaults($0, file: file, project: folder.project) }
        guard let metrics = front["metrics"] else { return faults }
        let tasks = plan.document.headings.filter { $0.level == 3 && $0.title.hasPrefix("Task ") }.count
        faults += count("tasks_total", metrics, tasks, "tasks in the plan", file)
        faults += count("deviations", metrics, deviations.count, "deviations below", file)
        if let completed = metrics["tasks_completed"], let total = metrics["tasks_total"]?.number, completed.number ?? 0 > total {
            faults.append(Fault(path: file.path, place: completed.place, message: "metrics.tasks_completed: is more than tasks_total"))
        }
        return faults
    }

    private static func count(_ name: String, _ metrics: YAMLNode, _ expected: Int, _ what: String, _ file: PlanningFile) -> [Fault] {
        guard let node = metrics[name], let number = node.number, number != expected else { return [] }
        return [Fault(path: file.path, place: node.place, message: "metrics.\(name): is \(number), but there are \(expected) \(what)")]
    }

    /// A heading `### Rule N: …` with the YAML below it.
    private struct Deviation {
        let heading: Document.Heading
        let rule: Int
        /// The lines of YAML, and the number of the first.
        let yaml: [Substring]
        let start: Int
    }

    private static func deviations(of document: Document) -> [Deviation] {
        document.headings.compactMap { heading in
            guard heading.level == 3, let rule = heading.title.wholeMatch(of: #/Rule (\d+): .*/#).flatMap({ Int($0.output.1) }) else {
                return nil
            }
            let lines = document.lines(below: heading).drop { !$0.text.hasPrefix("```yaml") }.dropFirst().prefix { $0.text != "```" }
            return Deviation(heading: heading, rule: rule, yaml: lines.map(\.text), start: lines.first?.number ?? heading.line)
        }
    }

    private static func deviationFaults(_ deviation: Deviation, file: PlanningFile, project: Project) -> [Fault] {
        let line = deviation.heading.line
        guard !deviation.yaml.isEmpty else {
            return [Fault(path: file.path, place: TextPlace(line: line), message: "deviation: the block of ```yaml is missing")]
        }
        do throws(YAMLFault) {
            // Blank lines before it, so that places are those of the file.
            let text = String(repeating: "\n", count: deviation.start - 1) + deviation.yaml.joined(separator: "\n")
            let node = try YAMLReader.document(text)
            let isPlace: @Sendable (String) -> Bool = { $0.contains(#/^[^:\s][^:]*:\d+$/#) && Project.normal($0) != nil }
            let fields = [
                Field(name: "rule", form: .number(1...4)),
                Field(name: "type", form: .shape({ $0.contains(#/^[a-z]+(_[a-z]+)*$/#) }, "a word such as bug_fix")),
                Field(name: "description", form: .text), Field(name: "location", form: .shape(isPlace, "file:line")),
                Field(name: "reason", form: .text),
            ]
            var faults = FieldForm.faults(of: node, fields: [Field(name: "deviation", form: .mapping(fields))], path: file.path)
            if let rule = node["deviation"]?["rule"], let number = rule.number, number != deviation.rule {
                faults.append(
                    Fault(
                        path: file.path, place: rule.place, message: "deviation.rule: is \(number), but the heading says \(deviation.rule)")
                )
            }
            return faults
        } catch {
            return [Fault(path: file.path, place: error.place, message: "deviation: \(error.message)")]
        }
    }
}
