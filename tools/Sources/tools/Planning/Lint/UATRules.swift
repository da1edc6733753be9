import PlanningText

/// The rules of an acceptance test: cases in order, each with a result, and a status that they bear out.
enum UATRules {
    static func faults(of document: Document, tests: TestSources) -> [Fault] {
        guard let front = document.front, document.dialect == .seed001 else { return [] }
        let passed = front["status"]?.text == "PASS"
        let byProgram = front["tested_by"]?.text?.hasPrefix("make ") == true
        var faults = document.faults(missing: ["Test Cases", "Issues Found", "Sign-Off"])
        let cases = document.headings.filter { $0.level == 3 }
        if cases.isEmpty { faults.append(document.fault("test cases: there is none")) }
        for (index, heading) in cases.enumerated() {
            func wrong(_ line: Int, _ message: String, isWarning: Bool = false) {
                faults.append(document.fault(message, line: line, isWarning: isWarning))
            }
            let lines = document.lines(below: heading)
            func value(_ name: String) -> (line: Int, text: Substring)? {
                lines.first { $0.text.hasPrefix("**\(name):** ") }.map { ($0.number, $0.text.dropFirst(name.count + 6)) }
            }
            if !heading.title.hasPrefix("\(index + 1). ") { wrong(heading.line, "test cases: this one is number \(index + 1)") }
            if value("Prompt") == nil { wrong(heading.line, "Prompt: is missing in case \(index + 1)") }
            guard let result = value("Result") else {
                wrong(heading.line, "Result: is missing in case \(index + 1)")
                continue
            }
            switch result.text {
            case "PASS" where value("Notes") == nil: wrong(result.line, "Notes: a PASS says what was seen")
            case "PASS": if byProgram { proof(in: lines, tests).map { wrong(result.line, $0) } }
            case "FAIL": if passed { wrong(result.line, "Result: is FAIL, and the whole is signed off as PASS") }
            case "SKIPPED" where value("Reason") == nil:
                wrong(result.line, "Reason: is missing; a case is not skipped without one\(passed ? ", nor signed off as PASS" : "")")
            case "SKIPPED":
                if passed { wrong(result.line, "Result: was skipped, and the whole is signed off as PASS", isWarning: true) }
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
