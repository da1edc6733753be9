import PlanningText

/// The rules of one plan that its fields do not tell: its tasks, its patterns, its evidence.
enum PlanRules {
    static func faults(of plan: Plan, tests: TestSources) -> [Fault] {
        let body = plan.document.dialect == .seed001 ? headings(of: plan.document) : tags(of: plan.document)
        return body + patterns(of: plan) + evidence(of: plan, tests) + autonomy(of: plan)
    }

    private static let type = Form(#/(auto|tdd|checkpoint:(human-verify|decision|human-action))\s*/#)

    private static func headings(of document: Document) -> [Fault] {
        let missing = document.faults(missing: ["Objective", "Tasks", "Verification Criteria", "Success Criteria"])
        guard !document.tasks.isEmpty else { return missing + [document.fault("tasks: there is none")] }
        return missing
            + document.tasks.enumerated().flatMap { index, task -> [Fault] in
                let start = "Task \(index + 1): "
                let heading = task.title.hasPrefix(start) ? nil : "tasks: the heading of this one begins with \"\(start)\""
                let lines = document.lines(below: task)
                let absent = ["type", "files", "action", "verify", "done"].filter { name in
                    !lines.contains { $0.text.hasPrefix("- **\(name):** ") }
                }.map { "\($0): is missing in task \(index + 1)" }
                let types = lines.filter { $0.text.hasPrefix("- **type:** ") && !type.fits($0.text.dropFirst("- **type:** ".count)) }
                return ([heading].compactMap(\.self) + absent).map { document.fault($0, line: task.line) }
                    + types.map { document.fault("type: is auto, tdd or checkpoint:…", line: $0.number) }
            }
    }

    private static let opening = Form(#/\s*<([a-z_]+)(?: [^>]*)?>(.*)/#)
    private static let closing = Form(#/\s*<\/([a-z_]+)>\s*/#)

    /// The blocks of the other dialect. They are no XML: only lines that are a tag count.
    private static func tags(of document: Document) -> [Fault] {
        var open: [(name: Substring, line: Int)] = []
        var seen: [Substring: Int] = [:]
        var faults: [Fault] = []
        for (index, line) in document.lines.enumerated() {
            guard line.drop(while: \.isWhitespace).first == "<" else { continue }
            if let parts = opening.parts(of: line) {
                seen[parts.1, default: 0] += 1
                if !parts.2.hasSuffix("</\(parts.1)>") { open.append((parts.1, index + 1)) }
            } else if let name = closing.parts(of: line)?.1 {
                guard open.last?.name != name else {
                    open.removeLast()
                    continue
                }
                faults.append(document.fault("</\(name)>: nothing that it closes", line: index + 1))
            }
        }
        faults += open.map { document.fault("<\($0.name)>: is not closed", line: $0.line) }
        let absent = ["objective", "tasks", "task", "verification", "success_criteria"].filter { seen[Substring($0)] == nil }
        faults += absent.map { document.fault("<\($0)>: is missing") }
        let parts = ["name", "files", "action", "verify", "done"].filter { seen[Substring($0), default: 0] < seen["task", default: 0] }
        return faults + parts.map { document.fault("<\($0)>: is missing in a task") }
    }

    /// A plan that stops for a person says so.
    private static func autonomy(of plan: Plan) -> [Fault] {
        let marks = ["- **type:** checkpoint:", "<task type=\"checkpoint:"]
        let line = plan.document.lines.firstIndex { line in marks.contains { line.hasPrefix($0) } }
        guard plan.isAutonomous, let line else { return [] }
        return [plan.document.fault("autonomous: is true, but this task waits for a person", line: line + 1)]
    }

    private static func patterns(of plan: Plan) -> [Fault] {
        plan.links.compactMap(\.pattern).compactMap { pattern in
            do throws(Pattern.Fault) {
                _ = try Pattern(pattern.text)
                return nil
            } catch .syntax(let message, let offset) {
                return plan.document.fault("pattern: \(message), at byte \(offset)", at: pattern.place)
            } catch {
                return plan.document.fault("pattern: takes more than \(Pattern.stepLimit) steps on one line", at: pattern.place)
            }
        }
    }

    /// Evidence is for a truth of this plan, and by a test that exists.
    private static func evidence(of plan: Plan, _ tests: TestSources) -> [Fault] {
        let strange = plan.evidence.filter { evidence in !plan.truths.contains { $0.text == evidence.truth.text } }
        let untested = plan.evidence.filter { tests.place(of: $0.test) == nil }
        return strange.map { plan.document.fault("evidence: this is no truth of the plan, letter for letter", at: $0.truth.place) }
            + untested.map { plan.document.fault("evidence: no test is called \($0.test)", at: $0.place) }
    }
}
