import WaiaasCore

/// What a deliverable calls by name in backticks, and where such a name must be found.
enum NamedThings {
    /// What is wrong with a name; nil if it exists, or is of no kind that can be looked up.
    static func fault(in span: String, _ project: Project) -> String? {
        let words = span.split(separator: " ")
        guard let first = words.first, !constants.contains(span) else { return nil }
        if words.count == 2, ["GET", "POST", "PUT", "DELETE", "PATCH"].contains(first), let path = words[1].split(separator: "?").first {
            return has("\"\(path)\": {", "docs/openapi.json", project) ? nil : "there is no route \(path)"
        }
        if first == "waiaas", words.count > 1 {
            let name = words.prefix { $0.allSatisfy(\.isLowercase) }
            // What follows is options and what they take; anything else is no command, such as the label of a kid.
            guard words.count == name.count || words[name.count].first == "-" || words[name.count].first?.isUppercase == true else {
                return nil
            }
            let command = name.joined(separator: " ")
            return has(command, "docs/reference/commands.md", project) ? nil : "there is no command \(command.dropFirst("waiaas ".count))"
        }
        if first.hasPrefix("--"), first.count > 2 {
            return has(String(first), "docs/reference/commands.md", project) ? nil : "there is no option \(first)"
        }
        guard words.count == 1 else { return nil }
        if span.contains("_"), span.first?.isUppercase == true, span.allSatisfy({ $0.isUppercase || $0.isNumber || $0 == "_" }) {
            return codes.contains(span) || variables.contains(span) ? nil : "there is no code \(span)"
        }
        let parts = span.split(separator: ".")
        if parts.count == 2, sections.contains(String(parts[0])), parts[1].allSatisfy({ $0.isLowercase || $0 == "_" }) {
            return settings.contains(span) ? nil : "there is no setting \(span)"
        }
        return nil
    }

    private static func has(_ words: String, _ path: String, _ project: Project) -> Bool {
        project.file(path).map { stands(words, in: $0.text) } == true
    }

    private static let codes = Set(ProblemCode.allCases.map(\.row.text) + AuditEventName.allCases.map(\.rawValue))
    private static let settings = Set(Settings.all.map(\.name))
    private static let sections = Set(Settings.all.map(\.section))
    private static let variables = Set(Settings.all.compactMap(\.variable))
    /// Names of the system, of files, and of the rows of facts.
    private static let constants: Set = [
        "daemon.lock", "daemon.pid", "ALREADY_RUNNING", "TRANSITION_WINDOW", "WAIAAS_DATA_DIR", "O_CREAT", "O_CLOEXEC", "O_NOFOLLOW",
        "LOCK_EX",
    ]
}
