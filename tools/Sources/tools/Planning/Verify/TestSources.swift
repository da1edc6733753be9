/// Where the tests of a project stand in its sources.
final class TestSources {
    private let project: Project
    private var places: [TestName: String?] = [:]
    private lazy var files = ["packages", "tools/Tests", "tests-integration/Tests", "apps"].flatMap { project.files(under: $0) }
        .filter { stands("/Tests/", in: $0) && $0.hasSuffix(".swift") }

    /// The files by the name before the first dot or plus: a suite mostly lies in the file of its name.
    private lazy var named = Dictionary(grouping: files) { path in
        String((path.split(separator: "/").last ?? "").prefix { $0 != "." && $0 != "+" })
    }

    init(of project: Project) { self.project = project }

    /// Whether a file of tests has a name, or a path that ends in it.
    func hasFile(_ name: some StringProtocol) -> Bool { files.contains { $0.hasSuffix("/" + name) || $0 == name } }

    /// `file:line` of a test; nil if there is none of that name in its suite.
    func place(of test: TestName) -> String? {
        if let known = places[test] { return known }
        let place = place(of: test, in: named[test.suite] ?? []) ?? place(of: test, in: files)
        places[test] = place
        return place
    }

    private func place(of test: TestName, in paths: [String]) -> String? {
        let declarations = ["func `\(test.name)`(", "func \(test.name)("]
        for path in paths {
            guard let file = project.file(path), stands(test.suite, in: file.text) else { continue }
            if let line = declarations.lazy.compactMap(file.line).first { return "\(path):\(line)" }
        }
        return nil
    }
}
