import Foundation
import PlanningText

/// `tools planning verify`: which plans, what to do with the pages, how to end.
enum Verify {
    /// - Parameter root: of the project.
    static func run(_ words: [String], root: String = ".") throws(ToolError) {
        let what = words.first.flatMap { $0.hasPrefix("-") ? nil : $0 }
        let options = try Options(Array(words.dropFirst(what == nil ? 0 : 1)), flags: ["--write", "--check"], values: ["--results"])
        let project = Project(root: root)
        let folder = PlanningFolder(of: project)
        let place = options.text("--results") ?? ".build/results"
        let results = TestResults(folder: place)
        guard !results.isEmpty else { throw .file(path: place, reason: "holds no results of tests; make test leaves them there") }
        let verifier = Verifier(folder: folder, results: results)
        if let what, let plan = folder.plans.first(where: { $0.document.file.path == Project.normal(what) || $0.id == PlanID(what) }) {
            guard !options.has("--write"), !options.has("--check") else { throw .usage("a page is of a phase: name \(plan.id.phase)") }
            return try end([("plan \(plan.id)", verifier.verification(of: [plan]))])
        }
        let phases = try what.map { word throws(ToolError) in try [phase(word, in: folder)] } ?? verifier.executed
        for phase in folder.phases where what == nil && !phases.contains(phase) {
            let open = folder.plans(of: phase).count { !folder.executed.contains($0.id) }
            print("phase \(phase): not verified; \(open) of its plans have no summary")
        }
        let now = Date().ISO8601Format()
        let reports = phases.compactMap { verifier.report(of: $0) }
        let stale = reports.map { (report: $0, text: $0.text(now: now)) }.filter { $0.text != $0.report.old }
        if options.has("--write") {
            for (report, text) in stale { try project.write(text, to: report.path) }
        } else if options.has("--check"), !stale.isEmpty {
            for (report, text) in stale { news(in: text, of: report).forEach { print("\(report.path): now: \($0)") } }
            let reasons = stale.map { "\($0.report.path): is not what the source and the tests say now" }
            throw .found(reasons + ["make planning writes it; commit the result"])
        }
        try end(reports.map { ("phase \($0.page.phase)", $0.page.verification) })
    }

    /// Lines of a page that are new, for whoever reads the log of a failed run.
    private static func news(in text: String, of report: Verifier.Report) -> some Sequence<Substring> {
        let old = Set((report.old ?? "").lines)
        return text.lines.filter { !$0.isEmpty && !old.contains($0) && !$0.hasPrefix("verified") }.prefix(20)
    }

    private static func phase(_ word: String, in folder: PlanningFolder) throws(ToolError) -> PlanID {
        let id = PlanID(phase: PlanningFile.phase(ofFolder: word) ?? word)
        guard folder.phases.contains(id) else { throw .usage("\(word) is no plan and no phase that has plans") }
        return id
    }

    /// Says how each stands, and ends as the worst of them.
    private static func end(_ verifications: [(name: String, verification: PhaseVerification)]) throws(ToolError) {
        var gaps: [String] = []
        var isOpen = false
        for (name, verification) in verifications {
            let verified = verification.findings.filter { $0.standing == .verified }.count
            let counts = "\(verification.human.count) for a person, \(verification.gaps.count) gaps"
            print("\(name): \(verified) of \(verification.findings.count) verified, \(counts)")
            gaps += verification.gaps.map { "\(name): \($0)" }
            isOpen = isOpen || verification.standing == .human
            if verification.standing == .failed, verification.gaps.isEmpty { gaps.append("\(name): there was nothing to look at") }
        }
        guard gaps.isEmpty else { throw .found(gaps) }
        guard !isOpen else { throw .open("a person is needed for the rest; see Human Verification Needed") }
    }
}
