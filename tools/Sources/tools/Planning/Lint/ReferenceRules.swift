import PlanningText

/// Files that a plan tells its reader to load, and files that a summary names.
enum ReferenceRules {
    static func faults(of file: PlanningFile, _ document: Document, in folder: PlanningFolder) -> [Fault] {
        let named = file.kind == .plan ? document.lines.indices.compactMap { reference(in: document.lines[$0], at: $0 + 1) } : []
        return named.compactMap { place, path in
            finds(path, from: file, in: folder) ? nil : Fault(path: file.path, place: place, message: "@\(path): there is no such file")
        } + keyFiles(of: file, document, folder.project)
    }

    /// `@file: NAME (note)`, or `@path` alone on a line.
    private static func reference(in line: Substring, at number: Int) -> (TextPlace, String)? {
        guard line.first == "@" else { return nil }
        if let match = line.firstMatch(of: #/^@file: (\S+)/#) { return (TextPlace(line: number, column: 8), String(match.output.1)) }
        return line.wholeMatch(of: #/@(\S+\/\S+)/#).map { (TextPlace(line: number, column: 2), String($0.output.1)) }
    }

    /// A path is looked for beside the plan, in `.planning` and from the root, a bare name anywhere in `.planning`. A summary may still have to
    /// be written: its plan will do.
    private static func finds(_ path: String, from file: PlanningFile, in folder: PlanningFolder) -> Bool {
        let named = path.contains("/") ? [] : folder.project.files(under: PlanningFolder.path).filter { $0.hasSuffix("/" + path) }
        let candidates = [file.folder + "/" + path, PlanningFolder.path + "/" + path, path].compactMap(Project.normal) + named
        return candidates.contains { candidate in
            let written =
                candidate.hasSuffix("-SUMMARY.md") ? [candidate, candidate.dropLast("SUMMARY.md".count) + "PLAN.md"] : [candidate]
            return written.contains { folder.project.content(at: String($0)) == .file }
        }
    }

    /// A summary tells of its day: what it named may have gone since.
    private static func keyFiles(of file: PlanningFile, _ document: Document, _ project: Project) -> [Fault] {
        guard file.kind == .summary, let files = document.front?["key_files"] else { return [] }
        return files.elements.compactMap { node in
            guard let path = node.text ?? node.entries.first?.key, project.content(at: path) == .missing else { return nil }
            return Fault(path: file.path, place: node.place, message: "key_files: \(path) is not there any more", isWarning: true)
        }
    }
}
