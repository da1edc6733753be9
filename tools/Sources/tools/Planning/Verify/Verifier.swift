/// Verifies phases, and keeps their pages.
struct Verifier {
    let folder: PlanningFolder
    let tests: TestSources
    let results: TestResults
    private let search = SignSearch()

    init(folder: PlanningFolder, results: TestResults) {
        self.folder = folder
        self.results = results
        tests = TestSources(of: folder.project)
    }

    /// One phase with its page and the page that lies there.
    struct Report {
        let path: String
        let page: VerificationPage
        let old: String?

        /// The page as it should lie there: with the old time, if the findings are the old ones.
        func text(now: String) -> String {
            let time = old?.firstMatch(of: #/(?m)^verified(?:_at)?: (\S+)$/#)?.output.1
            return time.map { page.text(at: String($0)) }.flatMap { $0 == old ? $0 : nil } ?? page.text(at: now)
        }
    }

    /// The phases whose plans all have a summary.
    var executed: [PlanID] { folder.phases.filter { phase in folder.plans(of: phase).allSatisfy { folder.executed.contains($0.id) } } }

    func verification(of plans: [Plan]) -> PhaseVerification {
        PhaseVerification(of: plans, project: folder.project, tests: tests, results: results, search: search)
    }

    func report(of phase: PlanID) -> Report? {
        let plans = folder.plans(of: phase)
        guard let first = plans.first?.document, let name = first.file.folder.split(separator: "/").last.map(String.init) else {
            return nil
        }
        let prefix = first.file.path.split(separator: "/").last?.prefix { $0 != "-" } ?? ""
        let path = "\(first.file.folder)/\(prefix)-VERIFICATION.md"
        let title = name.drop { $0 != "-" }.dropFirst().replacing("-", with: " ")
        let page = VerificationPage(
            phase: phase, title: title.isEmpty ? "phase \(phase)" : String(title), folder: name, dialect: first.dialect ?? .seed001,
            verification: verification(of: plans))
        return Report(path: path, page: page, old: folder.project.file(path)?.text)
    }
}
