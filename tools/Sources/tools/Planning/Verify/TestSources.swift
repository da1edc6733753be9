import PlanningText

/// Where the tests of a project stand in its sources.
final class TestSources {
    private let project: Project
    private var places: [TestName: String?] = [:]
    private lazy var files = ["packages", "tools/Tests", "tests-integration/Tests", "apps"].flatMap { project.files(under: $0) }
        .filter { $0.contains("/Tests/") && $0.hasSuffix(".swift") }

    init(of project: Project) { self.project = project }

    /// `file:line` of a test; nil if there is none of that name in its suite.
    func place(of test: TestName) -> String? {
        if let known = places[test] { return known }
        let place = find(test)
        places[test] = place
        return place
    }

    private func find(_ test: TestName) -> String? {
        // A suite mostly lies in the file of its name; looking there first spares reading the others.
        let first = files.filter { $0.hasSuffix("/\(test.suite).swift") || $0.contains("/\(test.suite)+") }
        return place(of: test, in: first) ?? place(of: test, in: files)
    }

    private func place(of test: TestName, in paths: [String]) -> String? {
        for path in paths {
            guard let file = project.file(path), stands(test.suite, in: file.text) else { continue }
            for declaration in ["func `\(test.name)`(", "func \(test.name)("] {
                if let line = file.line(with: declaration) { return "\(path):\(line)" }
            }
        }
        return nil
    }
}
