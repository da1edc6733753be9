import PlanningText

/// Files that a plan tells its reader to load, and files that a summary names.
enum ReferenceRules {
    static func faults(of document: Document, in folder: PlanningFolder) -> [Fault] {
        switch document.file.kind {
        case .plan:
            document.lines.indices.compactMap { reference(in: document.lines[$0], at: $0 + 1) }.compactMap { place, path in
                finds(path, from: document.file, in: folder) ? nil : document.fault("@\(path): there is no such file", at: place)
            }
        case .summary: keyFiles(of: document, folder.project)
        default: []
        }
    }

    private static let named = Form(#/@file: (\S+).*/#)
    private static let bare = Form(#/@(\S+\/\S+)/#)

    /// `@file: NAME (note)`, or `@path` alone on a line.
    private static func reference(in line: Substring, at number: Int) -> (TextPlace, String)? {
        guard line.hasPrefix("@") else { return nil }
        if let parts = named.parts(of: line) { return (TextPlace(line: number, column: 8), String(parts.1)) }
        return bare.parts(of: line).map { (TextPlace(line: number, column: 2), String($0.1)) }
    }

    /// A path is looked for beside the plan, in `.planning` and from the root, a bare name anywhere in `.planning`. A summary may still have to
    /// be written: its plan will do.
    private static func finds(_ path: String, from file: PlanningFile, in folder: PlanningFolder) -> Bool {
        let places = [file.folder + "/" + path, PlanningFolder.path + "/" + path, path].compactMap(Project.normal)
        let all = path.contains("/") ? [] : folder.project.files(under: PlanningFolder.path)
        return (places.lazy + all.lazy.filter { $0.hasSuffix("/" + path) }).contains { candidate in
            let plan = candidate.hasSuffix("-SUMMARY.md") ? candidate.dropLast("SUMMARY.md".count) + "PLAN.md" : candidate
            return [candidate, plan].contains { folder.project.content(at: $0) == .file }
        }
    }

    /// A summary tells of its day: what it named may have gone since.
    private static func keyFiles(of document: Document, _ project: Project) -> [Fault] {
        (document.front?["key_files"]?.elements ?? []).compactMap { node in
            guard let path = node.text ?? node.entries.first?.key, project.content(at: path) == .missing else { return nil }
            return document.fault("key_files: \(path) is not there any more", at: node.place, isWarning: true)
        }
    }
}
