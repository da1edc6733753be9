import Testing

@testable import tools

/// Subjects of commits, STATE.md, and the table of phases.
@Suite struct CommitSubjectTests {
    @Test(
        arguments: [
            ("feat(2-3): implement refresh token rotation", nil), ("chore(2-3): complete plan execution", nil), ("Merge branch x", nil),
            ("docs: a word", nil),
            ("feature(2-3): x", "feature is none of"), ("feat(2-3):x", "after the scope"), ("feat(2-3) x", "after the scope"),
            ("feat(2-3): ", "after the scope"),
            ("feat(9-9): x", "there is no plan 9-9"),
        ] as [(String, String?)])
    func `a subject whose scope is a plan keeps the form`(subject: String, fault: String?) {
        let found = CommitSubject.fault(in: subject, plans: [PlanID(phase: "2", plan: 3)])
        #expect(fault == nil ? found == nil : found?.hasPrefix(fault ?? "") == true, "\(String(describing: found))")
    }

    @Test func `the state has two rows of the tool's, and the rest is left to the letter`() throws {
        let example = try ExampleProject()
        try example.remove(".planning/phases/2/2-3-SUMMARY.md")
        let phases = PhaseStatus.all(in: PlanningFolder(of: example.project))
        #expect(phases.map(\.count) == ["2/3"] && phases.first?.verification == "PASS")
        let text = "# State\n\n| | |\n| phase | 2 |\n| plans | ? |\n| verified | ? |\n\nplans | x"
        #expect(
            State.updated(text, phases)
                == "# State\n\n| | |\n| phase | 2 |\n| plans | phase 2 2/3 executed |\n| verified | phase 2 PASS |\n\nplans | x")
        #expect(PhaseStatus.table(phases) == "PHASE  PLANS  VERIFICATION  UAT   OPEN\n2      2/3    PASS          PASS  2-3")
        #expect(try Columns.json(of: phases).contains("\"isExecuted\" : false"))
    }
}
