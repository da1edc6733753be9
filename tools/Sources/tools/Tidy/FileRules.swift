/// The rules about a file as a whole: its name, its length, the length of its functions.
enum FileRules {
    /// Lines of a file, and of a function.
    static let limits: [(places: Set<Place>, file: Int, function: Int)] = [
        (Place.product, 200, 60), ([.test], 300, 100), ([.tool], 200, 60),
    ]

    static func findings(in source: Source) -> [String] { lengths(of: source) + names(of: source) }

    private static func lengths(of source: Source) -> [String] {
        guard let limit = limits.first(where: { $0.places.contains(Place(path: source.path)) }) else { return [] }
        var findings: [String] = []
        let count = source.lines.count - (source.lines.last?.isEmpty == true ? 1 : 0)
        if count > limit.file, !source.waives("length") {
            findings.append("\(source.path):\(limit.file + 1): length: \(count) lines; a file has \(limit.file) at most")
        }
        for (start, length) in functions(of: source) where length > limit.function && !source.waives("length", at: start) {
            findings.append("\(source.path):\(start + 1): length: a function of \(length) lines; it has \(limit.function) at most")
        }
        return findings
    }

    /// Each function with a body: the line where it begins, and its lines. In formatted code a body ends where its indentation comes back.
    private static func functions(of source: Source) -> [(start: Int, length: Int)] {
        let depths = source.code.map { line in line.utf8.prefix { $0 == UInt8(ascii: " ") }.count }
        return source.code.indices.compactMap { start in
            guard stands("func ", in: source.code[start]) || stands("init", in: source.code[start]),
                source.code[start].contains(#/^\s*(?:@?\w+(?:\(\w+\))? )*(?:func |init[?(<])/#)
            else { return nil }
            // The next line that is no deeper: the end of the body, of the list of parameters, or another declaration.
            var end = start
            repeat {
                guard let next = source.code[(end + 1)...].indices.first(where: { depths[$0] <= depths[start] && !source.code[$0].isEmpty })
                else { return nil }
                end = next
            } while source.code[end].drop { $0 == " " }.first == ")" || source.code[end].hasSuffix("else {")
            return source.code[end].drop { $0 == " " }.first == "}" ? (start, end - start + 1) : nil
        }
    }

    /// Words that say nothing about what a type does. The seed's own name is the exception.
    private static func isEmptyName(_ name: Substring) -> Bool {
        name != "JwtSecretManager" && name.contains(#/(?:Manager|Helpers?|Util(?:s|ity|ities)?|Common)$/#)
    }

    private static func isEmptyWord(in line: String) -> Bool {
        ["Manager", "Helper", "Util", "Common"].contains { stands($0, in: line) }
    }

    private static func names(of source: Source) -> [String] {
        var findings: [String] = []
        for (index, line) in source.code.enumerated() {
            guard isEmptyWord(in: line),
                let match = line.firstMatch(of: #/\b(?:struct|class|enum|actor|protocol|typealias) (\w+)/#.wordBoundaryKind(.simple)),
                isEmptyName(match.output.1),
                !source.waives("name", at: index)
            else { continue }
            findings.append("\(source.path):\(index + 1): name: \(match.output.1) does not say what it does")
        }
        let folders = source.path.split(separator: "/")
        for folder in folders.dropLast() where isEmptyName(folder) {
            findings.append("\(source.path):1: name: the folder \(folder) does not say what is in it")
        }
        // `X+Subject.swift` and `X_library.swift` are named after a part of something, which another file holds.
        guard let file = folders.last, !file.contains("+"), !file.contains("_"), ![.manifest, .test].contains(Place(path: source.path)),
            file != "main.swift"
        else { return findings }
        let subject = file.dropLast(".swift".count)
        let subjects = [String(subject), subject.prefix(1).lowercased() + subject.dropFirst()]
        let declares = source.code.contains { line in
            subjects.contains { stands(String($0.prefix(3)), in: line) }
                && line.matches(
                    of: #/\b(?:struct|class|enum|actor|protocol|typealias|extension|func|let|var) ([\w.]+)/#.wordBoundaryKind(.simple)
                )
                .contains { match in
                    match.output.1.split(separator: ".").contains { word in
                        subjects.contains { word == $0 || word.count > 3 && (word.hasPrefix($0) || $0.hasPrefix(word)) }
                    }
                }
        }
        if !declares, !source.waives("name") {
            findings.append("\(source.path):1: name: nothing in it is called \(file.dropLast(6)); a file is named after what it holds")
        }
        return findings
    }
}
