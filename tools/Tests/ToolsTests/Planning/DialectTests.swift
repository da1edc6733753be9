import PlanningText
import Testing

@testable import tools

/// The lint on seed 000's plan and the artifacts of its dialect, and on config.json.
@Suite struct DialectTests {
    private static let path = ".planning/phases/27-daemon-security-foundation/27-01-PLAN.md"

    /// Seed 000's plan with a change, beside seed 001's examples.
    private static func faults(_ old: String, _ new: String) throws -> (found: [Fault], marked: Int?) {
        let example = try ExampleProject()
        let text = try #require(Project(root: Repository.root).file(path)).text
        try #require(text.contains(old))
        let marked = text.replacing(old, with: new)
        try example.write(marked.replacing("👉", with: ""), to: path)
        let line = marked.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("👉") }
        return (example.faults.filter { $0.path == path }, line.map { $0 + 1 })
    }

    @Test func `seed 000's plan has no fault but for what it refers to and is not here`() throws {
        let (found, _) = try Self.faults("wave: 1", "wave: 1")
        #expect(found.allSatisfy { $0.message.hasPrefix("@.planning/") || $0.message.hasPrefix("evidence: no test") }, "\(found)")
    }

    @Test(arguments: [
        ("pattern: \"rotateJwtSecret|SECRET_ROTATED\"", "👉pattern: \"(a+)+$\"", "pattern: takes more than"),
        ("pattern: \"rotateJwtSecret|SECRET_ROTATED\"", "👉pattern: \"rotate[\"", "pattern: missing terminating ]"),
        ("path: \".planning/deliverables/30", "👉path: \"../30", "must_haves.artifacts.path: is a path inside"),
        ("      contains: \"daemon.lock\"", "👉      contains: [daemon.lock]", "must_haves.artifacts.contains: is a text"),
        ("      via: \"API", "👉      by: \"API", "must_haves.key_links.by: there is no such field"),
        ("depends_on: []", "👉depends_on: [\"26-01\"]", "depends_on: 26-01 does not exist"),
        ("plan: 01", "👉plan: 02", "plan: the file is named"),
        ("phase: 27-daemon", "👉phase: 28-daemon", "phase: the file is named"), ("</objective>", "👉", "<objective>: is not closed"),
        ("<objective>", "👉", "</objective>: nothing that it closes"),
        ("<success_criteria>", "<criteria>", "<success_criteria>: is missing"),
        ("type=\"auto\"", "👉type=\"checkpoint:decision\"", "autonomous: is true, but"),
        ("  <name>Task 2: flock 기반 데몬 인스턴스 잠금 전환 (DAEMON-02)</name>\n", "", "<name>: is missing in a task"),
    ])
    func `what is broken in it is named`(old: String, new: String, message: String) throws {
        let (faults, line) = try Self.faults(old, new)
        let found = faults.filter { $0.message.hasPrefix(message) }
        #expect(!found.isEmpty, "\(faults)")
        // The place of an opening that is not closed is the opening; everything else is where the hand points.
        if let line, !message.hasSuffix("is not closed"), !message.hasSuffix("closes") {
            #expect(found.first?.place.line == line, "\(faults)")
        }
    }

    @Test(arguments: [
        ("{\n  \"mode\": \"fast\"\n}", 2, "mode: is interactive or yolo"),
        ("{\n  \"mode\": \"yolo\",\n  \"speed\": 1\n}", 3, "speed: there is no such field"),
        ("{\n  \"mode\": \"yolo\",\n}\n}", 4, "did not find expected"),
        ("{\n  \"git\": {\"types\": []},\n  \"mode\": \"yolo\"}", 2, "git.commit_subject: is missing"),
    ])
    func `config.json has its fields`(text: String, line: Int, message: String) throws {
        let example = try ExampleProject()
        try example.write(text, to: ".planning/config.json")
        let found = example.faults.filter { $0.path.hasSuffix("config.json") && $0.message.hasPrefix(message) }
        #expect(found.first?.place.line == line, "\(example.faults)")
    }

    @Test func `a verification and an acceptance test of that dialect are read too`() throws {
        let example = try ExampleProject()
        let folder = ".planning/phases/27-daemon-security-foundation"
        try example.write(
            "---\nphase: 27-daemon-security-foundation\nverified: 2026-02-05\nstatus: PASS\nscore: all\n---\n# Report\n",
            to: "\(folder)/27-VERIFICATION.md")
        try example.write(
            "---\nphase: 27\nstatus: testing\nsource: [27-01-SUMMARY.md]\nstarted: 2026-02-05\n---\n# UAT\n", to: "\(folder)/27-UAT.md")
        let messages = example.faults.map(\.message)
        #expect(messages.contains { $0.hasPrefix("status: is passed or gaps_found or human_needed") }, "\(messages)")
        #expect(messages.contains { $0.hasPrefix("score: is a count") } && messages.contains("updated: is missing"), "\(messages)")
    }
}
