import PlanningText

/// Which of the two ways to write a planning artifact it keeps to.
enum Dialect: String {
    /// Seed 001: `observable_truths`, `PASS`, headings.
    case seed001 = "seed-001"
    /// Seed 000, as get-shit-done writes: `truths`, `passed`, tags.
    case seed000 = "seed-000"

    /// Keys that stand in one dialect alone.
    private static let marks: [PlanningFile.Kind: Set<String>] = [
        .plan: ["truths", "artifacts", "key_links", "requirements", "gap_closure"],
        .summary: ["tech-stack", "key-files", "key-decisions", "patterns-established", "requirements-completed", "duration", "completed"],
        .verification: ["verified", "score", "gaps", "human_verification", "re_verification"],
        .uat: ["source", "started", "updated"],
    ]

    /// The dialect of an artifact's fields.
    init(of front: YAMLNode, kind: PlanningFile.Kind) {
        let keys = front.entries.map(\.key) + (front["must_haves"]?.entries.map(\.key) ?? [])
        self = keys.contains { Self.marks[kind]?.contains($0) == true } ? .seed000 : .seed001
    }
}
