/// The subject of a commit that carries out a plan: `{type}({phase}-{plan}): {description}`.
enum CommitSubject {
    /// The types of seed 001, and the one that the other dialect has for work that is handed on.
    static let types = ["feat", "fix", "test", "refactor", "perf", "docs", "style", "chore", "wip"]

    /// What is wrong with a subject; nil if nothing is, or if its scope is not that of a plan.
    static func fault(in subject: some StringProtocol, plans: Set<PlanID>) -> String? {
        guard let match = String(subject).prefixMatch(of: #/([A-Za-z]+)\((\d+[A-Z]?(?:\.\d+)*-\d+)\)(.*)/#) else { return nil }
        guard types.contains(String(match.output.1)) else { return "\(match.output.1) is none of \(types.joined(separator: ", "))" }
        guard match.output.3.hasPrefix(": "), match.output.3.dropFirst(2).first?.isWhitespace == false else {
            return "after the scope come a colon, a space and what changed"
        }
        guard let id = PlanID(String(match.output.2)), plans.contains(id) else { return "there is no plan \(match.output.2)" }
        return nil
    }
}
