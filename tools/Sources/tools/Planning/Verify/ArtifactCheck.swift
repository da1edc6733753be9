/// Whether an artifact is there, and is more than a name.
struct ArtifactCheck {
    let project: Project

    /// Fewer lines that say something are a stub.
    private static let fewestLines = 3

    func finding(of artifact: Plan.Artifact) -> Finding {
        let path = artifact.path.text
        func failed(_ word: String, _ reason: String) -> Finding {
            Finding(subject: [path], standing: .failed, word: word, evidence: reason)
        }
        switch project.content(at: path) {
        case .missing: return failed("MISSING", "is not there")
        case .outside: return failed("MISSING", "leads out of the project")
        case .folder:
            guard artifact.contains == nil, artifact.minLines == nil, artifact.exports.isEmpty else {
                return failed("MISSING", "is a folder; what it contains is asked of a file")
            }
            let files = project.files(under: path).lazy.compactMap(project.file)
            let first = files.compactMap { file in substance(of: file).map { (file, $0) } }.first
            guard let (file, line) = first else { return failed("STUB", "holds no file that says anything") }
            return Finding(subject: [path], standing: .verified, word: "EXISTS", evidence: "`\(file.path):\(line)` and what is beside it")
        case .file:
            guard let file = project.file(path) else { return failed("MISSING", "cannot be read") }
            return finding(of: artifact, in: file)
        }
    }

    private func finding(of artifact: Plan.Artifact, in file: ProjectFile) -> Finding {
        func finding(_ word: String, _ evidence: String) -> Finding {
            Finding(subject: [file.path], standing: word == "EXISTS" ? .verified : .failed, word: word, evidence: evidence)
        }
        guard let line = substance(of: file) else { return finding("STUB", "has fewer than \(Self.fewestLines) lines that say something") }
        var seen: [String] = []
        if let words = artifact.contains {
            guard let line = file.line(with: words) else { return finding("MISSING", "holds no \"\(words)\"") }
            seen.append("`\(file.path):\(line)` \(words)")
        }
        if let least = artifact.minLines {
            guard file.lines.count > least else { return finding("STUB", "has fewer than \(least) lines") }
            seen.append("at least \(least) lines")
        }
        for name in artifact.exports {
            guard let line = declaration(of: name, in: file) else { return finding("MISSING", "declares no \(name)") }
            seen.append("`\(file.path):\(line)` declares \(name)")
        }
        return finding("EXISTS", seen.isEmpty ? "`\(file.path):\(line)`" : seen.joined(separator: ", "))
    }

    /// The first line that says something, if there are enough of them: no blank line, heading, comment, import or fence.
    private func substance(of file: ProjectFile) -> Int? {
        let marks = ["//", "/*", "*", "#", "--", "<!--", "```", "{", "}", "import ", "public import ", "private import "]
        let lines = file.lines.indices.lazy.filter { index in
            let line = file.lines[index].drop(while: \.isWhitespace)
            return !line.isEmpty && !marks.contains { line.hasPrefix($0) }
        }
        let first = Array(lines.prefix(Self.fewestLines))
        return first.count == Self.fewestLines ? first[0] + 1 : nil
    }

    private func declaration(of name: String, in file: ProjectFile) -> Int? {
        let keywords = [
            "export", "func", "struct", "class", "enum", "actor", "protocol", "let", "var", "typealias", "def", "const", "fn", "type",
        ]
        return file.lines.firstIndex { line in
            Word(name).stands(in: line) && keywords.contains { Word($0).stands(in: line) } && !Word.isComment(line)
        }.map { $0 + 1 }
    }
}
