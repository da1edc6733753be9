import PlanningText
import Testing

@testable import tools

/// The lint on seed 001's own examples, and on what is wrong with each of them in turn.
@Suite struct LintTests {
    /// A change of an example, with a hand that points at the line of the fault.
    struct Break: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let old: String
        let new: String
        let message: String

        init(_ name: String, _ file: String, _ old: String, _ new: String, _ message: String) {
            (testDescription, self.file, self.old, self.new, self.message) = (name, file, old, new, message)
        }
    }

    @Test func `the examples of seed 001 lint without a false alarm`() throws {
        let example = try ExampleProject()
        #expect(example.faults == [])
        // Its acceptance test skipped a case, gave the reason, and was signed off: that is told, and fails nothing.
        #expect(example.all.map(\.message) == ["Result: was skipped, and the whole is signed off as PASS"])
        for name in ["2-3-PLAN.md", "2-3-SUMMARY.md", "2-VERIFICATION.md", "2-UAT.md"] {
            let first = ExampleProject.fixture("seed-001/\(name)").prefix { $0 != "\n" }
            #expect(first.hasPrefix("---") && first.contains("restored"), "\(name) says that it was mended")
        }
    }

    @Test(arguments: [
        Break("a tab", "2-3-PLAN.md", "  - src/middleware/auth.ts", "👉\t- src/middleware/auth.ts", "a tab stands here"),
        Break("no end of the fields", "2-3-PLAN.md", "---\n# Phase", "# Phase", "the fields that begin here have no closing"),
        Break("a key twice", "2-3-PLAN.md", "wave: 1", "wave: 1\n👉wave: 2", "wave: this key stands here twice"),
        Break(
            "a truth twice", "2-3-PLAN.md", "\"Old token invalidated after rotation\"", "👉\"Refresh token extends session\"",
            "must_haves.observable_truths: \"Refresh"),
        Break("an alias", "2-3-PLAN.md", "wave: 1", "👉wave: *one", "aliases are not taken"),
        Break("no wave", "2-3-PLAN.md", "wave: 1\n", "", "wave: is missing"),
        Break("a wave that is no number", "2-3-PLAN.md", "wave: 1", "👉wave: first", "wave: is a whole number"),
        Break("an unknown field", "2-3-PLAN.md", "wave: 1", "👉waves: 1\nwave: 1", "waves: there is no such field"),
        Break(
            "a path that leaves", "2-3-PLAN.md", "    - src/api/auth/refresh.ts", "👉    - ../../etc/passwd",
            "must_haves.required_artifacts: is a path inside"),
        Break("an absolute path", "2-3-PLAN.md", "  - src/middleware/auth.ts", "👉  - /etc/passwd", "files_modified: is a path inside"),
        Break("another phase's plan", "2-3-PLAN.md", "phase: 2", "👉phase: 3", "phase: the file is named after another"),
        Break("a dependency that is not there", "2-3-PLAN.md", "[2-2-PLAN]", "👉[2-9-PLAN]", "depends_on: 2-9-PLAN does not exist"),
        Break("a circle", "2-1-PLAN.md", "depends_on: []", "depends_on: [2-3-PLAN]", "depends_on: a circle: 2-"),
        Break("a dependency of a later wave", "2-2-PLAN.md", "wave: 1", "wave: 3", "depends_on: 2-2-PLAN is of wave 3, not before wave 1"),
        Break("no sections", "2-3-PLAN.md", "## Tasks", "## To do", "## Tasks: is missing"),
        Break("a task out of order", "2-3-PLAN.md", "### Task 2:", "👉### Task 3:", "tasks: the heading of this one"),
        Break("a task without its end", "2-3-PLAN.md", "- **done:** Reuse detection active", "", "done: is missing in task 3"),
        Break(
            "a task that waits", "2-3-PLAN.md", "- **files:** src/api/auth/refresh.ts\n- **action:** POST",
            "👉- **type:** checkpoint:decision\n- **files:** a\n- **action:** POST", "autonomous: is true"),
        Break("a missing reference", "2-3-PLAN.md", "@file: 2-CONTEXT.md", "👉@file: 3-CONTEXT.md", "@3-CONTEXT.md: there is no such file"),
        Break(
            "a truth with no such test", "2-3-PLAN.md", "user_setup",
            "evidence:\n  - truth: \"Refresh token extends session\"\n👉    test: RefreshTests/it extends\nuser_setup",
            "evidence: no test is called RefreshTests/it extends"),
        Break(
            "evidence for no truth", "2-3-PLAN.md", "user_setup", "evidence:\n👉  - truth: \"Something\"\n    test: A/b\nuser_setup",
            "evidence: this is no truth"),
        Break("a count that is wrong", "2-3-SUMMARY.md", "deviations: 2", "👉deviations: 3", "metrics.deviations: is 3, but there are 2"),
        Break(
            "more done than there was", "2-3-SUMMARY.md", "tasks_completed: 3", "👉tasks_completed: 4", "metrics.tasks_completed: is more"),
        Break("a fifth rule", "2-3-SUMMARY.md", "  rule: 1", "👉  rule: 5", "deviation.rule: is a whole number from 1 to 4"),
        Break("no place", "2-3-SUMMARY.md", "src/api/auth/refresh.ts:34", "👉src/api/auth/refresh.ts", "deviation.location: is file:line"),
        Break("no reason", "2-3-SUMMARY.md", "  reason: \"Query returned promise, not result\"\n", "", "deviation.reason: is missing"),
        Break("no commits", "2-3-SUMMARY.md", "## Commits", "## Log", "## Commits: is missing"),
        Break("a status that is none", "2-VERIFICATION.md", "status: PASS", "👉status: passed", "status: is PASS or GAPS_FOUND"),
        Break(
            "a row that failed", "2-VERIFICATION.md", "| Token refresh extends session | VERIFIED |",
            "👉| Token refresh extends session | FAILED |", "status: is PASS, but this row failed"),
        Break("no time", "2-VERIFICATION.md", "2024-01-15T10:30:00Z", "👉yesterday", "verified_at: is a time"),
        Break(
            "skipped without a reason", "2-UAT.md",
            "**Result:** SKIPPED\n**Reason:** \"User chose to trust token rotation implementation\"", "👉**Result:** SKIPPED",
            "Reason: is missing; a case is not skipped without one, nor signed off as PASS"),
        Break(
            "failed and signed off", "2-UAT.md", "**Result:** PASS\n**Notes:** Redirected", "👉**Result:** FAIL\n**Notes:** Redirected",
            "Result: is FAIL, and the whole"),
        Break("a case out of order", "2-UAT.md", "### 3.", "👉### 4.", "test cases: this one is number 3"),
        Break("a decision twice", "2-CONTEXT.md", "- **D-02**", "👉- **D-01**", "D-01: this decision stands here twice"),
    ])
    func `what is broken is refused at its line`(broken: Break) throws {
        let example = try ExampleProject()
        let path = try #require(example.files.keys.first { $0.hasSuffix(broken.file) })
        let marked = example.files[path]?.replacing(broken.old, with: broken.new) ?? ""
        try example.change(broken.file, broken.old, broken.new.replacing("👉", with: ""))
        let found = example.faults.filter { $0.message.hasPrefix(broken.message) }
        #expect(found.count == 1, "\(example.faults)")
        guard let line = marked.split(separator: "\n", omittingEmptySubsequences: false).firstIndex(where: { $0.contains("👉") }) else {
            return
        }
        #expect(found.first?.place.line == line + 1 && found.first?.path == path, "\(example.faults)")
    }

    @Test func `two plans of a wave that change one file are named`() throws {
        let example = try ExampleProject()
        try example.change("2-1-PLAN.md", "- src/part1.ts", "- src/api/\n  - src/./middleware/auth.ts")
        #expect(
            example.faults.map(\.description) == [
                ".planning/phases/2/2-3-PLAN.md:10:5: files_modified: src/middleware/auth.ts is changed by 2-1 in the same wave 1"
            ])
    }

    @Test func `a summary without its plan, and a name that is none, are refused`() throws {
        let example = try ExampleProject()
        try example.remove(".planning/phases/2/2-1-PLAN.md")
        try example.write("# notes\n", to: ".planning/phases/2/notes.md")
        let messages = example.faults.map(\.description)
        #expect(messages.contains(".planning/phases/2/2-1-SUMMARY.md:1:1: plan: this summary has no plan 2-1"))
        #expect(messages.contains { $0.hasPrefix(".planning/phases/2/notes.md:1:1: name: ") })
    }

    @Test func `a PASS that no person gave names a command, or a file of tests that is there`() throws {
        let example = try ExampleProject()
        try example.change("2-UAT.md", "tested_by: user", "tested_by: make integration")
        try example.change("2-UAT.md", "**Notes:** Login successful, redirected to dashboard", "**Notes:** `make run` printed 200")
        try example.change("2-UAT.md", "**Notes:** Still authenticated after refresh", "**Notes:** `LogoutTests.swift`, all of it")
        #expect(
            example.faults.map(\.message) == [
                "Notes: no file of tests is called LogoutTests.swift", "Notes: name no command and no file of tests in backticks",
            ])
    }

    @Test func `a plan that was written twice is refused`() throws {
        let example = try ExampleProject()
        try example.write(example.files[".planning/phases/2/2-3-PLAN.md"] ?? "", to: ".planning/phases/2/2-03-PLAN.md")
        #expect(example.faults.contains { $0.message == "plan: there is another plan 2-3" })
    }

    @Test func `the artifacts of this repository lint`() {
        let project = Project(root: Repository.root)
        let faults = Lint.faults(of: PlanningFolder(of: project), tests: TestSources(of: project))
        #expect(faults.filter { !$0.isWarning } == [])
    }
}
