/// The documents of a project, each compared once however many plans list it.
final class Deliverables {
    private let project: Project
    private let tests: TestSources
    private let results: TestResults
    private var known: [String: [Finding]] = [:]

    init(project: Project, tests: TestSources, results: TestResults) {
        self.project = project
        self.tests = tests
        self.results = results
    }

    /// What came of comparing a document; nothing for one that is not there.
    func findings(of path: String) -> [Finding] {
        if let known = known[path] { return known }
        let findings = project.file(path).map { Deliverable($0, project: project).findings(tests: tests, results: results) } ?? []
        known[path] = findings
        return findings
    }
}
