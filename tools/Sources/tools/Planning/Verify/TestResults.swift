import Foundation
import PlanningText

/// What the tests of a run came to, from the files that `swift test --xunit-output` wrote.
struct TestResults {
    /// What became of a test.
    enum Outcome: String {
        case passed, failed
        case skipped = "was skipped"
        case missing = "did not run"
    }

    private var outcomes: [TestName: Outcome] = [:]

    /// Reads every `.xml` file of a folder. No folder is no results: then no test has passed.
    init(folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".xml") {
            read(FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? "")
        }
    }

    /// Whether no test ran at all.
    var isEmpty: Bool { outcomes.isEmpty }

    /// What became of a test. One that ran in several packages passed if it passed in each.
    func outcome(of test: TestName) -> Outcome { outcomes[test] ?? .missing }

    /// One element a test, which closes itself when nothing is to be said about it.
    private mutating func read(_ text: String) {
        var open: TestName?
        for line in text.lines {
            if stands("<testcase ", in: line) {
                guard let className = Self.attribute("classname", in: line), let function = Self.attribute("name", in: line),
                    let test = TestName(className: className, function: function)
                else { continue }
                note(test, .passed)
                open = line.hasSuffix("/>") ? nil : test
            } else if let test = open {
                if stands("<skipped", in: line) { note(test, .skipped) }
                if stands("<failure", in: line) || stands("<error", in: line) { note(test, .failed) }
                if stands("</testcase>", in: line) { open = nil }
            }
        }
    }

    private mutating func note(_ test: TestName, _ outcome: Outcome) {
        if outcomes[test] == nil || outcomes[test] == .passed { outcomes[test] = outcome }
    }

    private static func attribute(_ name: String, in line: Substring) -> String? {
        guard let start = line.place(of: " \(name)=\""), let end = line[start.upperBound...].place(of: "\"") else { return nil }
        let value = String(line[start.upperBound..<end.lowerBound])
        guard stands("&", in: value) else { return value }
        let entities = [("&quot;", "\""), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        return entities.reduce(value) { $0.replacing($1.0, with: $1.1) }
    }
}
