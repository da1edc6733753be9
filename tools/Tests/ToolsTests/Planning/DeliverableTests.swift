import Foundation
import Testing

@testable import tools

/// The documents of seed 000 against this repository, as it is and with one thing changed.
@Suite struct DeliverableTests {
    private static let names = [
        "24-monorepo-data-directory", "28-daemon-lifecycle-cli", "30-session-token-protocol", "37-rest-api-complete-spec",
    ]

    /// What is wrong with a document, but for tests that did not run: these tests run beside them.
    private static func faults(of name: String, in project: Project) throws -> [String] {
        let file = try #require(project.file("\(Deliverable.folder)\(name).md"))
        let findings = Deliverable(file, project: project).findings(
            tests: TestSources(of: project), results: TestResults(folder: "nowhere"))
        return findings.map(\.evidence).filter { !$0.hasSuffix("did not run") && !$0.contains("behaviours by tests") }
    }

    @Test(arguments: names)
    func `the four documents agree with the code`(name: String) throws {
        #expect(try Self.faults(of: name, in: Project(root: Repository.root)) == [])
    }

    private static let window = "packages/core/Sources/WaiaasCore/Keys/RotationPolicy.swift"
    private static let document = "\(Deliverable.folder)30-session-token-protocol.md"

    private static let changes: [(file: String, old: String, new: String, fault: String)] = [
        (window, "overlap: .seconds(300)", "overlap: .seconds(400)", "says 300, but \(window) has 400"),
        (document, "| `TRANSITION_WINDOW`, seconds | 300 |", "| `TRANSITION_WINDOW`, seconds | 600 |", "says 600, but \(window) has 300"),
        (document, "`ROTATION_TOO_RECENT`", "`ROTATION_TOO_EARLY`", "there is no code ROTATION_TOO_EARLY"),
        (document, "`waiaas secret reset`", "`waiaas secret renew`", "there is no command secret renew"),
        (document, "`--compromised`", "`--leaked`", "there is no option --leaked"),
        (document, "`POST /v1/admin/rotate-secret`", "`POST /v1/admin/rotate`", "there is no route /v1/admin/rotate"),
        (document, "`security.jwt_secret`", "`security.secret`", "there is no setting security.secret"),
        (
            document, "`KeyRingTests/a foreign kid names no key`", "`KeyRingTests/a foreign kid names a key`",
            "no test is called KeyRingTests/a foreign kid names a key"
        ),
        (document, "`KeyRingTests/a foreign kid names no key`", "as tests show", "ends in no test"),
        (
            document, "| 86,400 | `setting security.session_ttl`", "| 3,600 | `setting security.session_ttl`",
            "says 3600, but the default of security.session_ttl is 86400"
        ),
    ]

    @Test(arguments: changes.indices)
    func `a document that disagrees with the code, or code with its document, is named`(index: Int) throws {
        let (path, old, new, fault) = Self.changes[index]
        let root = Project(root: Repository.root)
        let example = try ExampleProject()
        for file in ["docs/openapi.json", "docs/reference/commands.md", Self.window, Self.document] {
            try example.write(try #require(root.file(file)).text, to: file)
        }
        let before = Set(try Self.faults(of: "30-session-token-protocol", in: example.project))
        try example.change(path, old, new)
        let after = try Self.faults(of: "30-session-token-protocol", in: example.project).filter { !before.contains($0) }
        #expect(after.contains { $0.hasSuffix(fault) }, "\(after)")
    }
}
