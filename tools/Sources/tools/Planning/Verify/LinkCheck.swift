import PlanningText

/// Whether two ends are joined: what a plan calls wiring, or key links.
struct LinkCheck {
    let project: Project

    /// An end: a file or folder, and a label of which it is the home: `28-daemon-lifecycle-cli.md (acquireDaemonLock)`.
    private struct End {
        let path: String
        let label: String?
    }

    private static let labelled = Form(#/(.+?) \((.+)\)/#)

    func finding(of link: Plan.Link, in plan: Plan) -> Finding {
        func finding(_ word: String, _ evidence: String) -> Finding {
            let standing: Finding.Standing = word == "WIRED" ? .verified : word == "UNRESOLVED" ? .human : .failed
            return Finding(subject: [link.from, link.to], standing: standing, word: word, evidence: evidence)
        }
        guard let from = end(link.from, in: plan), let to = end(link.to, in: plan) else {
            let lost = end(link.from, in: plan) == nil ? link.from : link.to
            return Self.isPath(lost) ? finding("NOT_WIRED", "\(lost) is not there") : finding("UNRESOLVED", "\(lost) names no file")
        }
        for end in [from, to] {
            guard let label = end.label, !files(of: end).contains(where: { $0.line(with: label) != nil }) else { continue }
            return finding("NOT_WIRED", "\(end.path) holds no \"\(label)\"")
        }
        do throws(Pattern.Fault) {
            if let pattern = link.pattern {
                guard let place = try place(of: Pattern(pattern.text), in: files(of: from) + files(of: to)) else {
                    return finding("NOT_WIRED", "no line fits \(pattern.text)")
                }
                // Two documents are joined when one speaks of the other; within one, the pattern is the joint.
                guard from.path == to.path || mention(of: to, in: from) != nil else {
                    return finding("NOT_WIRED", "\(from.path) does not speak of \(link.to)")
                }
                return finding("WIRED", "`\(place)`")
            }
            guard let place = mention(of: to, in: from) else { return finding("NOT_WIRED", "\(from.path) does not use \(link.to)") }
            return finding("WIRED", "`\(place)`")
        } catch {
            return finding("NOT_WIRED", "the pattern is refused: \(error)")
        }
    }

    /// Whether words without spaces look like a path.
    private static func isPath(_ text: String) -> Bool {
        let path = text.split(separator: " (").first ?? ""
        return !path.contains(" ") && (path.contains("/") || path.contains("."))
    }

    /// A path of the project; or the base name of one file that the plan names.
    private func end(_ text: String, in plan: Plan) -> End? {
        let labelled = Self.labelled.parts(of: text)
        let name = labelled.map { String($0.1) } ?? text
        let label = labelled.map { String($0.2) }
        if let path = Project.normal(name), [.file, .folder].contains(project.content(at: path)) { return End(path: path, label: label) }
        let known = Set((plan.artifacts.map(\.path.text) + plan.filesModified.map(\.text)).filter { $0.hasSuffix("/" + name) })
        guard known.count == 1, let path = known.first, project.content(at: path) == .file else { return nil }
        return End(path: path, label: label)
    }

    private func files(of end: End) -> [ProjectFile] { project.files(under: end.path).lazy.compactMap(project.file) }

    private func place(of pattern: Pattern, in files: [ProjectFile]) throws(Pattern.Fault) -> String? {
        for file in files {
            for (index, line) in file.lines.enumerated() where try pattern.stands(in: line) { return "\(file.path):\(index + 1)" }
        }
        return nil
    }

    /// `file:line` where one end names the other, outside comments: by its label, or by its path, name or the names of what it holds.
    private func mention(of to: End, in from: End) -> String? {
        let name = to.path.split(separator: "/").last.map(String.init) ?? to.path
        let held =
            project.content(at: to.path) == .folder ? project.files(under: to.path).filter { $0.hasSuffix(".swift") }.map(Self.stem) : []
        let words = to.label.map { [$0] } ?? [to.path, name, Self.stem(to.path)] + held
        for file in files(of: from) where file.path != to.path {
            let present = words.filter { stands($0, in: file.text) }
            guard !present.isEmpty else { continue }
            let lines = file.lines.indices.filter { index in
                present.contains { Word($0).stands(in: file.lines[index]) } && !Word.isComment(file.lines[index])
            }
            // A line that has both labels says more than the first that has one.
            let line = lines.first { index in from.label.map { stands($0, in: file.lines[index]) } == true } ?? lines.first
            if let line { return "\(file.path):\(line + 1)" }
        }
        return nil
    }

    /// A file's name without its ending, and without what follows a plus: `Type+Topic.swift` extends `Type`.
    private static func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return name.split(separator: ".").first.map(String.init) ?? String(name)
    }
}
