import PlanningText

/// A Markdown file with YAML between two lines of `---` at its start.
struct Document {
    let path: String
    /// The fields at its start; nil when it has none.
    let front: YAMLNode?
    /// Every line of the file.
    let lines: [Substring]
    /// The headings of the body. What is fenced as code is not looked at.
    let headings: [Heading]

    /// A heading of the body.
    struct Heading {
        let level: Int
        let title: String
        /// From 1.
        let line: Int
    }

    /// Takes a file apart.
    ///
    /// - Throws: a fault of the YAML, with its place in the file.
    init(_ file: ProjectFile) throws(YAMLFault) {
        path = file.path
        var lines = file.lines.map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
        if lines.first?.first == "\u{FEFF}" { lines[0] = lines[0].dropFirst() }
        self.lines = lines
        guard let first = lines.first, first.wholeMatch(of: #/---\s*(?:#.*)?/#) != nil else {
            front = nil
            headings = Self.headings(of: lines, from: 0)
            return
        }
        guard let end = lines.dropFirst().firstIndex(where: { $0.hasPrefix("---") && $0.allSatisfy { $0 == "-" || $0 == " " } }) else {
            throw YAMLFault(place: TextPlace(line: 1), message: "the fields that begin here have no closing ---")
        }
        front = try YAMLReader.document(lines[..<end].joined(separator: "\n"))
        headings = Self.headings(of: lines, from: end + 1)
    }

    /// The lines below the heading of a title, up to the next of its level; with their numbers. Nil if there is no such heading.
    func section(_ title: String, level: Int = 2) -> [(number: Int, text: Substring)]? {
        guard let index = headings.firstIndex(where: { $0.level == level && $0.title == title }) else { return nil }
        let end = headings[(index + 1)...].first { $0.level <= level }?.line ?? lines.count + 1
        return (headings[index].line + 1..<end).map { ($0, lines[$0 - 1]) }
    }

    /// The lines below one heading, up to the next of any level.
    func lines(below heading: Heading) -> [(number: Int, text: Substring)] {
        let end = headings.first { $0.line > heading.line }?.line ?? lines.count + 1
        return (heading.line + 1..<end).map { ($0, lines[$0 - 1]) }
    }

    private static func headings(of lines: [Substring], from start: Int) -> [Heading] {
        var isCode = false
        return lines.indices.dropFirst(start).compactMap { index in
            if lines[index].hasPrefix("```") { isCode.toggle() }
            let marks = lines[index].prefix { $0 == "#" }.count
            guard !isCode, (1...6).contains(marks), lines[index].dropFirst(marks).first == " " else { return nil }
            return Heading(level: marks, title: String(lines[index].dropFirst(marks + 1)), line: index + 1)
        }
    }
}
