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

    /// Everything compared; verified when nothing differs and there was something to compare.
    func finding(tests: TestSources, results: TestResults) -> Finding {
        let behaviours = behaviours
        let facts = facts
        let names = spans
        let wrong =
            behaviours.compactMap { fault(of: $0, tests, results) } + facts.compactMap(fault)
            + names.compactMap { span in NamedThings.fault(in: span.text, project).map { "`\(file.path):\(span.line)`: \($0)" } }
        let isBare = behaviours.isEmpty || facts.isEmpty
        let evidence =
            wrong.isEmpty
            ? "\(behaviours.count) behaviours by tests, \(facts.count) facts and \(Set(names.map(\.text)).count) names in the code"
            : wrong.joined(separator: "; ")
        return Finding(
            subject: [file.path], standing: wrong.isEmpty && !isBare ? .verified : .failed,
            word: wrong.isEmpty && !isBare ? "VERIFIED" : "FAILED",
            evidence: wrong.isEmpty && isBare ? "has no numbered behaviour, or no table of facts" : evidence)
    }

    /// Items of numbered lists, each as one text.
    private var behaviours: [(line: Int, text: String)] {
        var items: [(line: Int, text: String)] = []
        for (number, line) in lines {
            if line.prefix(while: \.isNumber).count > 0, line.drop(while: \.isNumber).hasPrefix(". ") {
                items.append((number, String(line)))
            } else if let last = items.indices.last, line.hasPrefix("   "),
                items[last].line + items[last].text.count(of: "\n") + 1 == number
            {
                items[last].text += "\n" + line
            }
        }
        return items
    }

    private func fault(of item: (line: Int, text: String), _ tests: TestSources, _ results: TestResults) -> String? {
        let text = item.text.hasSuffix(".") ? item.text.dropLast() : item.text[...]
        guard text.hasSuffix("`"),
            let name = text.dropLast().split(separator: "`").last.flatMap({ TestName($0.replacing("\n   ", with: " ")) })
        else {
            return "`\(file.path):\(item.line)`: ends in no test"
        }
        guard tests.place(of: name) != nil else { return "`\(file.path):\(item.line)`: no test is called \(name)" }
        let outcome = results.outcome(of: name)
        return outcome == .passed ? nil : "`\(file.path):\(item.line)`: \(name) \(outcome.rawValue)"
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
            let cells = line.split(separator: "|").map { $0.trimmingPrefix(while: \.isWhitespace) }.map { String($0).trimmed }
            if cells == ["fact", "value", "where"] {
                isTable = true
            } else if isTable, !line.hasPrefix("|---") {
                rows.append((number, cells))
            }
        }
        return rows
    }

    /// The value must stand on the line of code that the last cell points at: `path (words of that line)`.
    private func fault(of row: (line: Int, cells: [String])) -> String? {
        let place = "`\(file.path):\(row.line)`"
        guard row.cells.count == 3, let match = row.cells[2].wholeMatch(of: #/`(\S+) \((.+)\)`/#) else {
            return "\(place): the last cell is `path (words)`"
        }
        let (path, words) = (String(match.output.1), String(match.output.2))
        guard let source = project.file(path) else { return "\(place): \(path) is not there" }
        let lines = source.lines.filter { $0.contains(words) && !Word.isComment($0) }
        guard !lines.isEmpty else { return "\(place): \(path) holds no \(words)" }
        let value = Self.plain(row.cells[1])
        return lines.contains { Self.plain($0).contains(value) }
            ? nil : "\(place): says \(row.cells[1]), but \(path) does not beside \(words)"
    }

    /// Without what only makes a figure readable.
    private static func plain(_ text: some StringProtocol) -> String {
        String(text.filter { !"`_, \"".contains($0) })
    }

    /// What stands in backticks, with its line.
    private var spans: [(line: Int, text: String)] {
        lines.flatMap { number, line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, part in
                index % 2 == 1 && !part.isEmpty ? (number, String(part)) : nil
            }
        }
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// How often a character stands in it.
    fileprivate func count(of character: Character) -> Int { filter { $0 == character }.count }
}
