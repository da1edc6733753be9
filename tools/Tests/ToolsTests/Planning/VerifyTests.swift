import Foundation
import PlanningText
import Testing

@testable import tools

/// The verifier on small projects: what passes, and everything that must not pass by accident.
@Suite struct VerifyTests {
    /// A project with seed 000's plan, four documents, and a test for each truth.
    private static func seed000(document: (String) -> String) throws -> ExampleProject {
        let example = try ExampleProject()
        let root = Project(root: Repository.root)
        let path = ".planning/phases/27-daemon-security-foundation/27-01-PLAN.md"
        try example.write(try #require(root.file(path)).text, to: path)
        for name in ["24-monorepo-data-directory", "28-daemon-lifecycle-cli", "30-session-token-protocol", "37-rest-api-complete-spec"] {
            try example.write(document(name), to: ".planning/deliverables/\(name).md")
        }
        return example
    }

    private static func verification(of example: ExampleProject, _ plan: String, results: [String] = []) throws -> PhaseVerification {
        try example.write(
            "<testsuites>\n"
                + results.map { "<testcase classname=\"T.\($0)\" name=\"`it holds`()\" time=\"1\" />" }.joined(separator: "\n"),
            to: "results/a.xml")
        let project = example.project
        let folder = PlanningFolder(of: project)
        let plan = try #require(folder.plans.first { $0.id == PlanID(plan) })
        return Verifier(folder: folder, results: TestResults(folder: "\(example.root)/results")).verification(of: [plan])
    }

    @Test func `seed 000's four artifacts and three key links hold in this repository`() throws {
        let project = Project(root: Repository.root)
        let plan = try #require(PlanningFolder(of: project).plans.first { $0.id == PlanID("27-01") })
        let verification = Verifier(folder: PlanningFolder(of: project), results: TestResults(folder: "nowhere")).verification(of: [plan])
        #expect(verification.artifacts.map(\.word) == Array(repeating: "EXISTS", count: 4), "\(verification.artifacts)")
        #expect(verification.links.map(\.word) == Array(repeating: "WIRED", count: 3), "\(verification.links)")
        // Without results no truth is true.
        #expect(verification.truths.map(\.word) == Array(repeating: "FAILED", count: 4) && verification.standing == .failed)
    }

    @Test func `seed 000's plan with stubs of one word is all gaps`() throws {
        let words = ["24": "jwt_secret", "28": "daemon.lock", "30": "JwtSecretManager", "37": "rotate-secret"]
        let example = try Self.seed000 { words[String($0.prefix(2))] ?? "" }
        let verification = try Self.verification(of: example, "27-01")
        #expect(verification.artifacts.map(\.word) == Array(repeating: "STUB", count: 4))
        #expect(verification.links.allSatisfy { $0.standing == .failed } && verification.standing == .failed)
    }

    @Test(arguments: [
        ("`JwtSecretManager` and waiaas secret rotate", "30 speaks of 28", 1), ("JwtSecretManager", "no rotateJwtSecret", 0),
    ])
    func `a key link needs its labels, its pattern, and one end to speak of the other`(line: String, why: String, wired: Int) throws {
        let filler = "one line\nand another\nand a third\n"
        let texts = [
            "24": filler, "28": filler + "waiaas secret rotate\n", "30": filler + line + (wired == 1 ? "\nrotateJwtSecret()\n" : "\n"),
            "37": filler,
        ]
        let example = try Self.seed000 { texts[String($0.prefix(2))] ?? "" }
        let verification = try Self.verification(of: example, "27-01")
        #expect(verification.links.count { $0.word == "WIRED" } == wired, "\(why): \(verification.links)")
    }

    private static let truths = [
        ("passed", ["RefreshTests"], ""), ("did not run", [], "did not run"), ("of another suite", ["OtherTests"], "did not run"),
    ]

    @Test(arguments: truths)
    func `a truth is true when its test exists and passed`(name: String, results: [String], reason: String) throws {
        let example = try Self.cited()
        let verification = try Self.verification(of: example, "2-3", results: results)
        let first = try #require(verification.truths.first)
        #expect(first.standing == (reason.isEmpty ? .verified : .failed), "\(first)")
        // The fault is at the line of the plan that cites the test.
        #expect(reason.isEmpty || first.evidence.hasPrefix(".planning/phases/2/2-3-PLAN.md:23: RefreshTests/it holds"), "\(first)")
        // The other truth has no test: it waits for a person, whatever else passes.
        #expect(verification.truths.last?.standing == .human)
    }

    /// Seed 001's plan with evidence for its first truth, and the suite that holds it.
    private static func cited() throws -> ExampleProject {
        let example = try ExampleProject()
        let evidence = "evidence:\n  - truth: \"Refresh token extends session\"\n    test: \"RefreshTests/it holds\"\nuser_setup"
        try example.change("2-3-PLAN.md", "user_setup", evidence)
        try example.write("struct RefreshTests {\n    @Test func `it holds`() {}\n}\n", to: "packages/a/Tests/RefreshTests.swift")
        return example
    }

    @Test(arguments: ["<skipped/>", "<failure message=\"no\" />", "<error/>"])
    func `a test that failed or was skipped has not passed`(child: String) throws {
        let example = try ExampleProject()
        let passed = "<testcase classname=\"T.ATests\" name=\"`b &amp; &quot;c&quot;`(x:)\" time=\"1\" />\n"
        try example.write(passed, to: "results/a.xml")
        let name = try #require(TestName("ATests/b & \"c\""))
        #expect(TestResults(folder: "\(example.root)/results").outcome(of: name) == .passed)
        try example.write(passed + passed.replacing("/>", with: ">\n\(child)\n</testcase>"), to: "results/a.xml")
        #expect(TestResults(folder: "\(example.root)/results").outcome(of: name) != .passed)
    }

    @Test(arguments: [
        ("src/api/auth/refresh.ts", "EXISTS"), ("src/api", "EXISTS"), ("src/none.ts", "MISSING"), ("../../etc/passwd", "MISSING"),
        ("link.ts", "MISSING"), ("src/stub.ts", "STUB"), ("src/empty", "STUB"), (".git/config", "MISSING"),
    ])
    func `an artifact is there, inside the project, and says something`(path: String, word: String) throws {
        let example = try ExampleProject()
        try example.write("// refresh\n\n# one\nrefresh\n", to: "src/stub.ts")
        try example.write("", to: "src/empty/a.ts")
        try example.write("a\nb\nc\nd\n", to: ".git/config")
        try FileManager.default.createSymbolicLink(atPath: "\(example.root)/link.ts", withDestinationPath: "/etc/passwd")
        let artifact = try #require(Placed(YAMLNode(.scalar(path, isPlain: true), at: TextPlace(line: 1))))
        #expect(ArtifactCheck(project: example.project).finding(of: Plan.Artifact(path: artifact)).word == word)
    }

    @Test(arguments: [
        ("contains: nine", "MISSING"), ("contains: two", "EXISTS"), ("min_lines: 3", "EXISTS"), ("min_lines: 50", "STUB"),
        ("exports: [refresh]", "EXISTS"), ("exports: [refresh, two]", "MISSING"),
    ])
    func `what an artifact must hold is looked for, as a list in one line too`(field: String, word: String) throws {
        let example = try Self.seed000 { _ in "one\ntwo\nthree\nexport const refresh = 1\n" }
        let path = ".planning/phases/27-daemon-security-foundation/27-01-PLAN.md"
        try example.change(path, "      contains: \"JwtSecretManager\"", "      \(field)")
        #expect(try Self.verification(of: example, "27-01").artifacts.first?.word == word)
    }

    @Test(arguments: [
        ("src/api/auth/refresh.ts -> src/storage.ts", "WIRED"), ("src/api/auth/refresh.ts -> src/other.ts", "NOT_WIRED"),
        ("src/api/auth/refresh.ts (rotate) -> src/storage.ts (save)", "WIRED"),
        ("src/api/auth/refresh.ts -> src/storage.ts (load)", "NOT_WIRED"),
        ("src/api/auth/refresh.ts -> src/none.ts", "NOT_WIRED"), ("refresh endpoint -> token storage", "UNRESOLVED"),
        ("src/api -> src/storage.ts", "WIRED"), ("src/api/auth/refresh.ts -> src/comment.ts", "NOT_WIRED"),
    ])
    func `wiring is a line of code that names the other end`(wiring: String, word: String) throws {
        let example = try ExampleProject()
        try example.write(
            "import { save } from \"storage\"\n// see comment\nfunction rotate() { save() }\nothers()\n", to: "src/api/auth/refresh.ts")
        for name in ["storage", "other", "comment"] { try example.write("function save() {}\n", to: "src/\(name).ts") }
        try example.change("2-3-PLAN.md", "refresh endpoint -> token storage", wiring)
        #expect(try Self.verification(of: example, "2-3").links.first?.word == word)
    }

    private static let signs: [(path: String, text: String, found: Int)] = [
        // tidy:allow todo because the test needs one
        ("packages/a/Sources/A.swift", "let a = 1 // TODO: more", 1),
        ("packages/a/Sources/A.swift", "let a = 1 // TODO: more, tidy:allow todo because it is shown", 0),
        ("packages/a/Sources/A.swift", "do { try a() } catch {\n}", 1), ("packages/a/Sources/A.swift", "do { try a() } catch { b() }", 0),
        ("src/a.py", "try:\n    a()\nexcept E:\n    pass", 1), ("packages/a/Sources/A.swift", "    print(\"here\")", 1),
        ("packages/a/Sources/A.swift", "    console.print(\"here\")", 0), ("src/a.ts", "console.log(token)", 1),
        ("packages/a/Sources/A.swift", "    fatalError(\"later\")", 1),
        ("packages/a/Tests/T.swift", "@Test(.disabled(\"later\")) func a() {}", 1), ("packages/a/Tests/T.swift", "@Test(.disabled()", 1),
        ("packages/a/Tests/T.swift", "@Test(.disabled(if: isSlow))", 1),
        ("packages/a/Tests/T.swift", "#expect(user.status == .disabled(since: now))", 0),
        ("packages/a/Sources/A.swift", "throw Refusal.notImplemented // not implemented", 1),
    ]

    @Test(arguments: signs.indices)
    func `signs of what is not done are found, unless a waiver says why`(index: Int) throws {
        let (path, text, found) = Self.signs[index]
        let file = ProjectFile(path: path, text: text)
        let places = SignSearch().signs(in: [file]).flatMap(\.places)
        #expect(places.count == found, "\(places)")
    }

    @Test func `it ends as the worst of what it found, and writes a page once`() throws {
        let example = try Self.cited()
        try example.change("2-3-PLAN.md", "refresh endpoint -> token storage", "src/api/auth/refresh.ts -> src/db/schema/refreshTokens.ts")
        try example.write("import refreshTokens\ntwo\nthree\nfour\n", to: "src/api/auth/refresh.ts")
        _ = try Self.verification(of: example, "2-3", results: ["RefreshTests"])
        let results = ["--results", "\(example.root)/results"]
        func end(_ words: String...) -> String {
            do throws(ToolError) {
                try Verify.run(words + results, root: example.root)
                return "passed"
            } catch {
                switch error {
                case .open: return "open"
                case .found: return "gaps"
                case .usage, .file, .program: return "\(error)"
                }
            }
        }
        // Truths without a test wait for a person; the plan whose truths all have one passes.
        #expect(end("2") == "open" && end("2", "--check") == "gaps" && end("2", "--write") == "open" && end("2", "--check") == "open")
        let second = "  - truth: \"Old token invalidated after rotation\"\n    test: \"RefreshTests/it holds\"\nuser_setup"
        try example.change("2-3-PLAN.md", "user_setup", second)
        #expect(end("2-3") == "passed" && end("2", "--check") == "gaps")
        try example.write("stub", to: "src/api/auth/refresh.ts")
        #expect(end("2-3") == "gaps" && end("9").hasPrefix("9 is no plan"))
    }

    @Test func `the page is the same until the findings change, in the words of the dialect`() throws {
        let example = try Self.cited()
        try example.change("2-3-PLAN.md", "refresh endpoint -> token storage", "src/api/auth/refresh.ts -> src/db/schema/refreshTokens.ts")
        try example.write("import refreshTokens\ntwo\nthree\nfour\n", to: "src/api/auth/refresh.ts")
        let verification = try Self.verification(of: example, "2-3", results: ["RefreshTests"])
        func page(_ dialect: Dialect) -> VerificationPage {
            VerificationPage(phase: PlanID(phase: "2"), title: "jwt", folder: "2", dialect: dialect, verification: verification)
        }
        #expect(verification.standing == .human && page(.seed001).status == "PASS" && page(.seed000).status == "human_needed")
        let text = page(.seed001).text(at: "2024-01-15T10:30:00Z")
        let report = Verifier.Report(path: "x", page: page(.seed001), old: text)
        #expect(report.text(now: "2030-01-01T00:00:00Z") == text)
        #expect(
            Verifier.Report(path: "x", page: page(.seed001), old: text.replacing("WIRED", with: "LOOSE")).text(now: "2030-01-01T00:00:00Z")
                != text)
        #expect(text.contains("| Old token invalidated after rotation | plan 2-3 names no test for it |"))
        #expect(text.contains("packages/a/Tests/RefreshTests.swift:2"))
        // What it writes lints.
        try example.write(text, to: ".planning/phases/2/2-VERIFICATION.md")
        #expect(example.faults == [])
    }
}
