import PlanningText

/// A file below `.planning`: what kind of artifact it is, by its name.
struct PlanningFile {
    /// The kinds that seed 001 names, and those of the other dialect.
    enum Kind: String {
        case plan = "PLAN", summary = "SUMMARY", verification = "VERIFICATION", uat = "UAT", context = "CONTEXT", research = "RESEARCH"
        case state = "STATE", project = "PROJECT", roadmap = "ROADMAP", config
    }

    let path: String
    let kind: Kind
    /// Whose it is; nil for what belongs to the project.
    let id: PlanID?

    private static let form = Form(#/(\d+[A-Z]?(?:\.\d+)*)-(?:(\d+)-)?([A-Z]+)\.md/#)
    /// The number of a phase, with words behind it or without.
    static let phaseForm = Form(#/(\d+[A-Z]?(?:\.\d+)*)(?:-[a-z0-9-]+)?/#)

    /// The folder it lies in.
    var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

    /// Reads a name.
    ///
    /// - Returns: nil for what is no planning artifact, such as a deliverable.
    init?(path: String) {
        self.path = path
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        if stands("/phases/", in: path) {
            guard let parts = Self.form.parts(of: name), let kind = Kind(rawValue: String(parts.3)),
                (parts.2 != nil) == (kind == .plan || kind == .summary)
            else { return nil }
            self.kind = kind
            id = PlanID(phase: String(parts.1), plan: parts.2.flatMap { Int($0) })
        } else if name == "config.json" {
            (kind, id) = (.config, nil)
        } else {
            guard let kind = Kind(rawValue: String(name.prefix { $0 != "." })), [.state, .project, .roadmap].contains(kind),
                name.hasSuffix(".md")
            else { return nil }
            (self.kind, id) = (kind, nil)
        }
    }

    /// The phase that a folder below `phases` is for: `2`, or `27` of `27-daemon-security-foundation`.
    static func phase(ofFolder path: String) -> String? {
        phaseForm.parts(of: path.split(separator: "/").last ?? "").map { PlanID(phase: String($0.1)).phase }
    }
}
