import PlanningText

/// The subject of a commit that carries out a plan: `{type}({phase}-{plan}): {description}`.
enum CommitSubject {
    /// The types of seed 001, and the one that the other dialect has for work that is handed on.
    static let types = ["feat", "fix", "test", "refactor", "perf", "docs", "style", "chore", "wip"]

    private static let form = Form(#/([A-Za-z]+)\((\d+[A-Z]?(?:\.\d+)*-\d+)\)(.*)/#)

    /// What is wrong with a subject; nil if nothing is, or if its scope is not that of a plan.
    static func fault(in subject: some StringProtocol, plans: Set<PlanID>) -> String? {
        guard let (_, type, scope, rest) = form.parts(of: subject) else { return nil }
        guard types.contains(String(type)) else { return "\(type) is none of \(types.joined(separator: ", "))" }
        guard rest.hasPrefix(": "), rest.dropFirst(2).first?.isWhitespace == false else {
            return "after the scope come a colon, a space and what changed"
        }
        guard let id = PlanID(String(scope)), plans.contains(id) else { return "there is no plan \(scope)" }
        return nil
    }
}
