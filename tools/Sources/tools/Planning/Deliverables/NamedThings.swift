import WaiaasCore

/// What a deliverable calls by name in backticks, and where such a name must be found.
enum NamedThings {
    /// What is wrong with a name; nil if it exists, or is of no kind that can be looked up.
    static func fault(in span: String, _ project: Project) -> String? {
        if let match = span.wholeMatch(of: #/(GET|POST|PUT|DELETE|PATCH) (\/\S*)/#) {
            let path = String(match.output.2.prefix { $0 != "?" })
            return has("\"\(path)\": {", "docs/openapi.json", project) ? nil : "there is no route \(path)"
        }
        if span.wholeMatch(of: #/[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/#) != nil {
            return codes.contains(span) || variables.contains(span) || constants.contains(span) ? nil : "there is no code \(span)"
        }
        if let match = span.wholeMatch(of: #/waiaas ((?:[a-z]+ ?)+)(?: -.*| [A-Z].*)?/#) {
            let command = match.output.1.last == " " ? String(match.output.1.dropLast()) : String(match.output.1)
            return has("waiaas \(command)", "docs/reference/commands.md", project) ? nil : "there is no command \(command)"
        }
        if let match = span.wholeMatch(of: #/(--[a-z-]+)(?: .*)?/#) {
            return has(String(match.output.1), "docs/reference/commands.md", project) ? nil : "there is no option \(match.output.1)"
        }
        if span.wholeMatch(of: #/[a-z]+\.[a-z_]+/#) != nil, let section = span.split(separator: ".").first,
            sections.contains(String(section))
        {
            return settings.contains(span) ? nil : "there is no setting \(span)"
        }
        return nil
    }

    private static func has(_ words: String, _ path: String, _ project: Project) -> Bool { project.file(path)?.line(with: words) != nil }

    private static let codes = Set(ProblemCode.allCases.map(\.row.text) + AuditEventName.allCases.map(\.rawValue))
    private static let settings = Set(Settings.all.map(\.name))
    private static let sections = Set(Settings.all.map(\.section))
    private static let variables = Set(Settings.all.compactMap(\.variable))
    /// Names of the system, of files, and of the rows of facts.
    private static let constants: Set = [
        "daemon.lock", "daemon.pid", "ALREADY_RUNNING", "TRANSITION_WINDOW", "WAIAAS_DATA_DIR", "O_CREAT", "O_CLOEXEC", "O_NOFOLLOW", "LOCK_EX",
    ]
}
