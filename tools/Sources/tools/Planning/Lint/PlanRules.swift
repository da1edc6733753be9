import PlanningText

/// The rules of one plan that its fields do not tell: its tasks, its patterns, its evidence.
enum PlanRules {
    static func faults(of plan: Plan, _ document: Document, tests: TestSources) -> [Fault] {
        let body = plan.dialect == .seed001 ? headings(of: plan, document) : tags(of: plan, document)
        return body + patterns(of: plan) + evidence(of: plan, tests) + autonomy(of: plan, document)
    }

    private static let sections = ["Objective", "Tasks", "Verification Criteria", "Success Criteria"]

    private static func headings(of plan: Plan, _ document: Document) -> [Fault] {
        let missing = sections.filter { document.section($0) == nil }.map {
            Fault(path: plan.file.path, place: TextPlace(line: document.lines.count), message: "## \($0): is missing")
        }
        let tasks = document.headings.filter { $0.level == 3 && $0.title.hasPrefix("Task ") }
        let none =
            tasks.isEmpty
            ? [Fault(path: plan.file.path, place: TextPlace(line: document.lines.count), message: "tasks: there is none")] : []
        let faults = tasks.enumerated().flatMap { index, task -> [Fault] in
            var faults: [Fault] = []
            func wrong(_ message: String) {
                faults.append(Fault(path: plan.file.path, place: TextPlace(line: task.line), message: message))
            }
            if !task.title.hasPrefix("Task \(index + 1): ") { wrong("tasks: the heading of this one begins with \"Task \(index + 1): \"") }
            let lines = document.lines(below: task)
            for name in ["type", "files", "action", "verify", "done"] where !lines.contains(where: { $0.text.hasPrefix("- **\(name):** ") })
            {
                wrong("\(name): is missing in task \(index + 1)")
            }
            for (number, text) in lines where text.hasPrefix("- **type:** ") && !isType(text.dropFirst("- **type:** ".count)) {
                faults.append(Fault(path: plan.file.path, place: TextPlace(line: number), message: "type: is auto, tdd or checkpoint:…"))
            }
            return faults
        }
        return missing + none + faults
    }

    private static func isType(_ text: Substring) -> Bool {
        text.contains(#/^(auto|tdd|checkpoint:(human-verify|decision|human-action))\s*$/#)
    }

    /// The blocks of the other dialect. They are no XML: only lines that are a tag count.
    private static func tags(of plan: Plan, _ document: Document) -> [Fault] {
        var open: [(name: Substring, line: Int)] = []
        var seen: [Substring: Int] = [:]
        var faults: [Fault] = []
        func wrong(_ line: Int, _ message: String) {
            faults.append(Fault(path: plan.file.path, place: TextPlace(line: line), message: message))
        }
        for (index, line) in document.lines.enumerated() {
            guard line.drop(while: \.isWhitespace).first == "<" else { continue }
            if let match = line.wholeMatch(of: #/\s*<([a-z_]+)(?: [^>]*)?>(.*)/#) {
                seen[match.output.1, default: 0] += 1
                guard !match.output.2.hasSuffix("</\(match.output.1)>") else { continue }
                open.append((match.output.1, index + 1))
            } else if let name = line.wholeMatch(of: #/\s*<\/([a-z_]+)>\s*/#)?.output.1 {
                if open.last?.name == name { open.removeLast() } else { wrong(index + 1, "</\(name)>: nothing that it closes") }
            }
        }
        open.forEach { wrong($0.line, "<\($0.name)>: is not closed") }
        for name in ["objective", "tasks", "task", "verification", "success_criteria"] where seen[Substring(name)] == nil {
            wrong(document.lines.count, "<\(name)>: is missing")
        }
        for name in ["name", "files", "action", "verify", "done"] where seen[Substring(name), default: 0] < seen["task", default: 0] {
            wrong(document.lines.count, "<\(name)>: is missing in a task")
        }
        return faults
    }

    /// A plan that stops for a person says so.
    private static func autonomy(of plan: Plan, _ document: Document) -> [Fault] {
        let marks = ["- **type:** checkpoint:", "<task type=\"checkpoint:"]
        guard plan.isAutonomous, let line = document.lines.firstIndex(where: { line in marks.contains { line.hasPrefix($0) } }) else {
            return []
        }
        return [
            Fault(path: plan.file.path, place: TextPlace(line: line + 1), message: "autonomous: is true, but this task waits for a person")
        ]
    }

    private static func patterns(of plan: Plan) -> [Fault] {
        plan.links.compactMap(\.pattern).compactMap { pattern in
            do throws(Pattern.Fault) {
                _ = try Pattern(pattern.text)
                return nil
            } catch .syntax(let message, let offset) {
                return Fault(path: plan.file.path, place: pattern.place, message: "pattern: \(message), at byte \(offset)")
            } catch {
                return Fault(
                    path: plan.file.path, place: pattern.place, message: "pattern: takes more than \(Pattern.stepLimit) steps on one line")
            }
        }
    }

    /// Evidence is for a truth of this plan, and by a test that exists.
    private static func evidence(of plan: Plan, _ tests: TestSources) -> [Fault] {
        plan.evidence.flatMap { evidence -> [Fault] in
            var faults: [Fault] = []
            if !plan.truths.contains(where: { $0.text == evidence.truth.text }) {
                faults.append(
                    Fault(
                        path: plan.file.path, place: evidence.truth.place,
                        message: "evidence: this is no truth of the plan, letter for letter"))
            }
            if tests.place(of: evidence.test) == nil {
                faults.append(Fault(path: plan.file.path, place: evidence.place, message: "evidence: no test is called \(evidence.test)"))
            }
            return faults
        }
    }
}
