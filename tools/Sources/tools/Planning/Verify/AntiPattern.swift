import PlanningText

/// A sign in the source that something is not done. A waiver beside it, `tidy:allow NAME because …`, says why it stands.
struct AntiPattern: Sendable {
    /// Its name in a waiver.
    let name: String
    /// Its row in a verification.
    let title: String
    /// One of these stands in a line that the pattern finds: a search for words is much quicker.
    let words: [String]
    let pattern: String
    /// The files it is looked for in.
    let concerns: @Sendable (String) -> Bool

    /// Where it stands in a file, as `file:line`.
    func places(in file: ProjectFile, by pattern: Pattern) throws(Pattern.Fault) -> [String] {
        let present = words.filter { stands($0, in: file.text) }
        guard !present.isEmpty, concerns(file.path), !stands("/Fixtures/", in: file.path) else { return [] }
        var places: [String] = []
        for index in file.lines.indices where present.contains(where: { stands($0, in: file.lines[index]) }) {
            // An empty block may be broken into two lines.
            var line = file.lines[index]
            if line.last == "{" || line.last == ":", file.lines.indices.contains(index + 1) { line += file.lines[index + 1] }
            guard try pattern.stands(in: line) else { continue }
            let around = [index - 1, index, index + 1].filter(file.lines.indices.contains)
            if !around.contains(where: { stands("tidy:allow \(name) because ", in: file.lines[$0]) }) {
                places.append("\(file.path):\(index + 1)")
            }
        }
        return places
    }

    /// What was looked for, as seed 001 lists it, and disabled tests.
    static let all = [
        AntiPattern(
            // tidy:allow todo because these are the words looked for
            name: "todo", title: "TODO comments", words: ["TODO", "FIXME", "XXX", "TBD", "HACK"],
            pattern: #"\b(TODO|FIXME|XXX|TBD|HACK)\b"#,
            // tidy:allow todo because these are the words looked for
            concerns: { _ in true }),
        AntiPattern(
            name: "stub", title: "Stub implementations", words: ["mplemented", "oming soon", "fatalError("],
            // tidy:allow stub because these are the words looked for
            pattern: #"(?i)\bnot (yet )?implemented\b|\bunimplemented\(|NotImplementedError|\bcoming soon\b|^\s*(?!//)[^"]*\bfatalError\("#,
            concerns: isSource),
        AntiPattern(
            name: "catch", title: "Empty catch blocks", words: ["catch", "except"],
            pattern: #"\bcatch\b[^{}"]*\{\s*\}|\bexcept\b[^:]*:\s*pass\b"#, concerns: isSource),
        AntiPattern(
            name: "print", title: "Debug prints", words: ["print(", "dump(", "console.log(", "NSLog(", "dbg!("],
            pattern: #"^(?!\s*//)(?!.*\b(try|func) (print|dump)\()([^"]*[^".\w])?(debugPrint|print|dump|NSLog|dbg!)\(|\bconsole\.log\("#,
            concerns: { isSource($0) && !$0.hasPrefix("tools/") && !$0.hasPrefix("scripts/") }),
        AntiPattern(
            name: "disabled", title: "Disabled tests", words: [".disabled(", "XCTSkip", ".skip(", "#[ignore]"],
            // A trait of a test is given nothing, a reason or a condition; a user may be `.disabled(since:)`.
            pattern: #"^(?!\s*//)[^"]*(\.disabled\(\s*($|\)|#*"|if:)|\bXCTSkip|\b(it|test|describe)\.skip\(|#\[ignore\])"#,
            concerns: { stands("/Tests/", in: $0) }),
    ]

    /// Source that is shipped: no test, no text.
    private static let isSource: @Sendable (String) -> Bool = { path in
        !stands("/Tests/", in: path) && !stands("TestSupport/", in: path) && !path.hasSuffix(".md") && !path.hasSuffix(".json")
    }
}
