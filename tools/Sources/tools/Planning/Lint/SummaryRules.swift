import PlanningText

/// The rules of a summary: its plan, its headings, its counts, its deviations.
enum SummaryRules {
    private static let sections = [
        "What Was Built", "Implementation Notes", "Deviations", "Commits", "Verification Status", "Notes for Next Plan",
    ]

    static func faults(of document: Document, in folder: PlanningFolder) -> [Fault] {
        guard let front = document.front, let id = document.file.id else { return [] }
        guard let plan = folder.document(.plan, of: id) else {
            return [document.fault("plan: this summary has no plan \(id)", line: 1)]
        }
        guard document.dialect == .seed001 else { return [] }
        let deviations = deviations(of: document)
        var faults = document.faults(missing: sections)
        faults += deviations.flatMap { deviationFaults($0, document) }
        guard let metrics = front["metrics"] else { return faults }
        for (name, expected, what) in [
            ("tasks_total", plan.tasks.count, "tasks in the plan"), ("deviations", deviations.count, "deviations below"),
        ] {
            guard let node = metrics[name], let number = node.number, number != expected else { continue }
            faults.append(document.fault("metrics.\(name): is \(number), but there are \(expected) \(what)", at: node.place))
        }
        if let completed = metrics["tasks_completed"], let total = metrics["tasks_total"]?.number, completed.number ?? 0 > total {
            faults.append(document.fault("metrics.tasks_completed: is more than tasks_total", at: completed.place))
        }
        return faults
    }

    /// A heading `### Rule N: …` with the YAML below it.
    private struct Deviation {
        let heading: Document.Heading
        let rule: Int
        /// The lines of YAML, and the number of the first.
        let yaml: [Substring]
        let start: Int
    }

    private static let heading = Form(#/Rule (\d+): .*/#)
    private static let place = Form(#/[^:\s][^:]*:\d+/#)
    private static let word = Form(#/[a-z]+(_[a-z]+)*/#)

    private static func deviations(of document: Document) -> [Deviation] {
        document.headings.filter { $0.level == 3 }.compactMap { heading in
            guard let rule = Self.heading.parts(of: heading.title).flatMap({ Int($0.1) }) else { return nil }
            let lines = document.lines(below: heading).drop { !$0.text.hasPrefix("```yaml") }.dropFirst().prefix { $0.text != "```" }
            return Deviation(heading: heading, rule: rule, yaml: lines.map(\.text), start: lines.first?.number ?? heading.line)
        }
    }

    private static let fields = [
        Field("rule", .number(1...4)), Field("type", .shape(word.fits, "a word such as bug_fix")), Field("description", .text),
        Field("location", .shape({ place.fits($0) && Project.normal($0) != nil }, "file:line")), Field("reason", .text),
    ]

    private static func deviationFaults(_ deviation: Deviation, _ document: Document) -> [Fault] {
        guard !deviation.yaml.isEmpty else {
            return [document.fault("deviation: the block of ```yaml is missing", line: deviation.heading.line)]
        }
        do throws(YAMLFault) {
            // Blank lines before it, so that places are those of the file.
            let text = String(repeating: "\n", count: deviation.start - 1) + deviation.yaml.joined(separator: "\n")
            let node = try YAMLReader.document(text)
            var faults = FieldForm.faults(of: node, fields: [Field("deviation", .mapping(fields))], path: document.file.path)
            if let rule = node["deviation"]?["rule"], let number = rule.number, number != deviation.rule {
                faults.append(document.fault("deviation.rule: is \(number), but the heading says \(deviation.rule)", at: rule.place))
            }
            return faults
        } catch {
            return [document.fault("deviation: \(error.message)", at: error.place)]
        }
    }
}
