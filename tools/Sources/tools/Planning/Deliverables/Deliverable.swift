import PlanningText
import WaiaasCore

/// A design document that is compared with the code: its behaviours with tests, its names with the contract, its facts with the source.
struct Deliverable {
    static let folder = "\(PlanningFolder.path)/deliverables/"

    let file: ProjectFile
    let project: Project
    private let lines: [(number: Int, text: Substring)]

    init(_ file: ProjectFile, project: Project) {
        self.file = file
        self.project = project
        var isCode = false
        lines = file.lines.enumerated().compactMap { index, line in
            if line.hasPrefix("```") { isCode.toggle() }
            return isCode ? nil : (index + 1, line)
        }
    }

    /// Everything compared: one finding for each thing that differs; else one that counts what agrees. Nothing to compare is a difference.
    func findings(tests: TestSources, results: TestResults) -> [Finding] {
        let behaviours = behaviours
        let facts = facts
        let names = names
        var wrong =
            behaviours.compactMap { fault(of: $0, tests, results) } + facts.compactMap(fault)
            + names.compactMap { name, line in NamedThings.fault(in: name, project).map { "`\(file.path):\(line)`: \($0)" } }.sorted()
        if behaviours.isEmpty { wrong.append("has no numbered behaviour") }
        if facts.isEmpty { wrong.append("has no table of facts") }
        guard wrong.isEmpty else { return wrong.map { Finding(subject: [file.path], standing: .failed, word: "FAILED", evidence: $0) } }
        let evidence = "\(behaviours.count) behaviours by tests, \(facts.count) facts and \(names.count) names in the code"
        return [Finding(subject: [file.path], standing: .verified, word: "VERIFIED", evidence: evidence)]
    }

    private static let item = Form(#/\d+\. .*/#)

    /// Items of numbered lists, each as one text.
    private var behaviours: [(line: Int, text: String)] {
        var items: [(line: Int, text: String)] = []
        var next = 0
        for (number, line) in lines {
            if line.first?.isNumber == true, Self.item.fits(line) {
                items.append((number, String(line)))
            } else if number == next, line.hasPrefix("   ") {
                items[items.count - 1].text += " " + line.dropFirst(3)
            } else {
                continue
            }
            next = number + 1
        }
        return items
    }

    private func fault(of item: (line: Int, text: String), _ tests: TestSources, _ results: TestResults) -> String? {
        let place = "`\(file.path):\(item.line)`"
        let text = item.text.hasSuffix(".") ? item.text.dropLast() : item.text[...]
        guard text.hasSuffix("`"), let name = text.dropLast().split(separator: "`").last.flatMap({ TestName($0) }) else {
            return "\(place): ends in no test"
        }
        guard tests.place(of: name) != nil else { return "\(place): no test is called \(name)" }
        let outcome = results.outcome(of: name)
        return outcome == .passed ? nil : "\(place): \(name) \(outcome.rawValue)"
    }

    /// Rows of tables with the columns fact, value, where.
    private var facts: [(line: Int, cells: [String])] {
        var rows: [(line: Int, cells: [String])] = []
        var isTable = false
        for (number, line) in lines {
            guard line.hasPrefix("|") else {
                isTable = false
                continue
            }
            let cells = line.split(separator: "|").map { String($0).trimmed }
            if cells == ["fact", "value", "where"] {
                isTable = true
            } else if isTable, !line.hasPrefix("|---") {
                rows.append((number, cells))
            }
        }
        return rows
    }

    private static let setting = Form(#/`setting (\S+)`/#)
    private static let source = Form(#/`(\S+) \((.+)\)`/#)

    /// The last cell is `setting NAME`, whose default the value is; or `path (words)`: on a line of that file these words are followed by the
    /// value, as the next number, or as the next text in quotes.
    private func fault(of row: (line: Int, cells: [String])) -> String? {
        let place = "`\(file.path):\(row.line)`"
        guard row.cells.count == 3 else { return "\(place): a fact has three cells" }
        let value = Self.plain(row.cells[1])
        if let name = Self.setting.parts(of: row.cells[2])?.1 {
            guard let setting = Settings.all.first(where: { $0.name == name }) else { return "\(place): there is no setting \(name)" }
            let actual = setting.fallback?.description ?? "none"
            return actual == value ? nil : "\(place): says \(value), but the default of \(name) is \(actual)"
        }
        guard let parts = Self.source.parts(of: row.cells[2]) else { return "\(place): the last cell is `path (words)`" }
        let (path, words) = (String(parts.1), String(parts.2))
        guard let source = project.file(path) else { return "\(place): \(path) is not there" }
        var found: [String?] = []
        for line in source.lines {
            guard let place = line.place(of: words), !Word.isComment(line) else { continue }
            found.append(Self.next(in: line[place.upperBound...], isNumber: value.allSatisfy(\.isNumber)))
        }
        guard !found.isEmpty else { return "\(place): \(path) holds no \(words)" }
        guard !found.contains(value) else { return nil }
        return "\(place): says \(value), but \(path) has \(found.map { $0 ?? "nothing" }.joined(separator: ", "))"
    }

    /// The next number of a line, or its next text in quotes.
    private static func next(in rest: Substring, isNumber: Bool) -> String? {
        if isNumber { return rest.firstMatch(of: #/\d[\d_]*/#).map { plain($0.output) } }
        return rest.firstMatch(of: #/"\/?([^"]*)"/#).map { String($0.output.1) }
    }

    /// Without backticks, and without what only makes a figure readable.
    private static func plain(_ text: some StringProtocol) -> String {
        let bare = String(text.filter { $0 != "`" })
        let digits = bare.filter { $0 != "_" && $0 != "," }
        return digits.allSatisfy(\.isNumber) ? digits : bare
    }

    /// What stands in backticks, with the first line where it does.
    private var names: [String: Int] {
        lines.reduce(into: [:]) { names, line in
            guard stands("`", in: line.text) else { return }
            let parts = line.text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            for (index, part) in parts where index % 2 == 1 && !part.isEmpty && names[String(part)] == nil {
                names[String(part)] = line.number
            }
        }
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
