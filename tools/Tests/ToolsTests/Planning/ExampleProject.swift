import Foundation

@testable import tools

/// A project in a folder of its own, for one test. It begins with seed 001's examples and what they refer to.
final class ExampleProject {
    private static let phase = ".planning/phases/2"

    private let folder: ScratchFolder
    private(set) var files: [String: String] = [:]

    init() throws {
        folder = try ScratchFolder()
        for name in ["2-3-PLAN.md", "2-3-SUMMARY.md", "2-VERIFICATION.md", "2-UAT.md"] {
            try write(Self.fixture("seed-001/\(name)"), to: "\(Self.phase)/\(name)")
        }
        for number in 1...2 {
            let files = "  - src/api/auth/refresh.ts\n  - src/middleware/auth.ts\n  - db/migrations/002_refresh_tokens.sql"
            let plan = Self.fixture("seed-001/2-3-PLAN.md").replacing("plan: 3", with: "plan: \(number)")
                .replacing("Plan 3", with: "Plan \(number)")
                .replacing("[2-2-PLAN]", with: number == 1 ? "[]" : "[2-1-PLAN]").replacing(files, with: "  - src/part\(number).ts")
            try write(plan, to: "\(Self.phase)/2-\(number)-PLAN.md")
            let summary = Self.fixture("seed-001/2-3-SUMMARY.md").replacing("plan: 3", with: "plan: \(number)")
                .replacing("Plan 3", with: "Plan \(number)")
            try write(summary, to: "\(Self.phase)/2-\(number)-SUMMARY.md")
        }
        try write("# Phase 2 context: refresh tokens\n\n- **D-01** Families.\n- **D-02** Hashes.\n", to: "\(Self.phase)/2-CONTEXT.md")
        try write("# An example\n", to: ".planning/PROJECT.md")
        for path in [
            "src/api/auth/refresh.ts", "src/db/schema/refreshTokens.ts", "src/middleware/auth.ts", "db/migrations/002_refresh_tokens.sql",
        ] {
            try write("one\ntwo\nthree\nfour\nfive\n", to: path)
        }
    }

    /// The text of a file that lies beside the tests.
    static func fixture(_ name: String) -> String {
        let path = Bundle.module.resourcePath.map { "\($0)/Fixtures/\(name)" } ?? name
        return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    var root: String { folder.path }
    var project: Project { Project(root: root) }

    /// What the lint says, without warnings.
    var faults: [Fault] { all.filter { !$0.isWarning } }

    /// What the lint says.
    var all: [Fault] {
        let project = project
        return Lint.faults(of: PlanningFolder(of: project), tests: TestSources(of: project))
    }

    func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: "\(root)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        files[path] = text
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(root)/\(path)")
        files[path] = nil
    }

    /// Replaces a text that must stand in a file of phase 2, or in one named by its whole path.
    func change(_ name: String, _ old: String, _ new: String) throws {
        let path = name.contains("/") ? name : "\(Self.phase)/\(name)"
        guard let text = files[path], text.contains(old) else { throw ToolError.file(path: path, reason: "holds no \(old)") }
        try write(text.replacing(old, with: new), to: path)
    }
}
