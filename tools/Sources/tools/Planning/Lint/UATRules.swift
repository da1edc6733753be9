import PlanningText

/// The rules of an acceptance test: cases in order, each with a result, and a status that they bear out.
enum UATRules {
    static func faults(of file: PlanningFile, _ document: Document, tests: TestSources) -> [Fault] {
        guard let front = document.front, Dialect(of: front, kind: .uat) == .seed001 else { return [] }
        let status = front["status"]?.text
        var faults = ["Test Cases", "Issues Found", "Sign-Off"].filter { document.section($0) == nil }.map {
            Fault(path: file.path, place: TextPlace(line: document.lines.count), message: "## \($0): is missing")
        }
        let cases = document.headings.filter { $0.level == 3 }
        if cases.isEmpty {
            faults.append(Fault(path: file.path, place: TextPlace(line: document.lines.count), message: "test cases: there is none"))
        }
        for (index, heading) in cases.enumerated() {
            func wrong(_ line: Int, _ message: String, isWarning: Bool = false) {
                faults.append(Fault(path: file.path, place: TextPlace(line: line), message: message, isWarning: isWarning))
            }
            if !heading.title.hasPrefix("\(index + 1). ") { wrong(heading.line, "test cases: this one is number \(index + 1)") }
            let lines = document.lines(below: heading)
            func value(_ name: String) -> (line: Int, text: Substring)? {
                lines.first { $0.text.hasPrefix("**\(name):** ") }.map { ($0.number, $0.text.dropFirst(name.count + 6)) }
            }
            if value("Prompt") == nil { wrong(heading.line, "Prompt: is missing in case \(index + 1)") }
            guard let result = value("Result") else {
                wrong(heading.line, "Result: is missing in case \(index + 1)")
                continue
            }
            switch result.text {
            case "PASS":
                guard value("Notes") != nil else {
                    wrong(result.line, "Notes: a PASS says what was seen")
                    continue
                }
                if front["tested_by"]?.text?.hasPrefix("make ") == true { proof(in: lines, tests).map { wrong(result.line, $0) } }
            case "FAIL": if status == "PASS" { wrong(result.line, "Result: is FAIL, and the whole is signed off as PASS") }
            case "SKIPPED":
                let hasReason = value("Reason") != nil
                if !hasReason {
                    wrong(
                        result.line,
                        "Reason: is missing; a case is not skipped without one\(status == "PASS" ? ", nor signed off as PASS" : "")")
                }
                if hasReason, status == "PASS" {
                    wrong(result.line, "Result: was skipped, and the whole is signed off as PASS", isWarning: true)
                }
            default: wrong(result.line, "Result: is PASS, FAIL or SKIPPED, not \(result.text)")
            }
        }
        return faults
    }

    /// What a PASS lacks that no person gave: a command, or a file of tests that is there, in backticks.
    private static func proof(in lines: [(number: Int, text: Substring)], _ tests: TestSources) -> String? {
        let notes = lines.drop { !$0.text.hasPrefix("**Notes:** ") }.map(\.text).joined(separator: " ")
        let spans = notes.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        guard !spans.isEmpty else { return "Notes: name no command and no file of tests in backticks" }
        return spans.first { $0.hasSuffix(".swift") && !tests.hasFile($0) }.map { "Notes: no file of tests is called \($0)" }
    }
}
