import PlanningText

/// A planning artifact as Markdown, with YAML between two lines of `---` at its start.
struct Document {
    let file: PlanningFile
    /// The fields at its start; nil when it has none.
    let front: YAMLNode?
    /// How its fields are written; nil when it has none.
    let dialect: Dialect?
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

    private static let opening = Form(#/---\s*(?:#.*)?/#)

    /// Takes an artifact apart.
    ///
    /// - Throws: a fault of the YAML, with its place in the file.
    init(_ file: PlanningFile, _ text: ProjectFile) throws(YAMLFault) {
        self.file = file
        var lines = text.lines.map { $0.utf8.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
        if lines.first?.first == "\u{FEFF}" { lines[0] = lines[0].dropFirst() }
        self.lines = lines
        guard let first = lines.first, Self.opening.fits(first) else {
            (front, dialect) = (nil, nil)
            headings = Self.headings(of: lines, from: 0)
            return
        }
        guard let end = lines.dropFirst().firstIndex(where: { $0.hasPrefix("---") && $0.allSatisfy { $0 == "-" || $0 == " " } }) else {
            throw YAMLFault(place: TextPlace(line: 1), message: "the fields that begin here have no closing ---")
        }
        let front = try YAMLReader.document(lines[..<end].joined(separator: "\n"))
        self.front = front
        dialect = Dialect(of: front, kind: file.kind)
        headings = Self.headings(of: lines, from: end + 1)
    }

    /// A fault of this artifact, at a place of it.
    func fault(_ message: String, at place: TextPlace, isWarning: Bool = false) -> Fault {
        Fault(path: file.path, place: place, message: message, isWarning: isWarning)
    }

    /// A fault of a line; without one of the last, behind which that stands which is missing.
    func fault(_ message: String, line: Int? = nil, isWarning: Bool = false) -> Fault {
        fault(message, at: TextPlace(line: line ?? lines.count), isWarning: isWarning)
    }

    /// A fault for each section that is missing.
    func faults(missing sections: [String]) -> [Fault] {
        sections.filter { title in !headings.contains { $0.level == 2 && $0.title == title } }.map { fault("## \($0): is missing") }
    }

    /// The headings of tasks.
    var tasks: [Heading] { headings.filter { $0.level == 3 && $0.title.hasPrefix("Task ") } }

    /// The lines below one heading, up to the next of any level; with their numbers.
    func lines(below heading: Heading) -> [(number: Int, text: Substring)] {
        let end = headings.first { $0.line > heading.line }?.line ?? lines.count + 1
        return (heading.line + 1..<end).map { ($0, lines[$0 - 1]) }
    }

    private static func headings(of lines: [Substring], from start: Int) -> [Heading] {
        var isCode = false
        return lines.indices.dropFirst(start).compactMap { index in
            if lines[index].hasPrefix("```") { isCode.toggle() }
            guard !isCode, lines[index].hasPrefix("#") else { return nil }
            let marks = lines[index].prefix { $0 == "#" }.count
            guard marks <= 6, lines[index].dropFirst(marks).first == " " else { return nil }
            return Heading(level: marks, title: String(lines[index].dropFirst(marks + 1)), line: index + 1)
        }
    }
}
