import PlanningText

/// What is true of a phase, or of one of its plans: from the goal backwards, the truths, what must be there for them, and how it is joined.
struct PhaseVerification {
    /// A pattern that was looked for, and where it stands.
    struct Sign: Hashable {
        let title: String
        let places: [String]
    }

    let truths: [Finding]
    let artifacts: [Finding]
    let links: [Finding]
    let deliverables: [Finding]
    let signs: [Sign]

    /// How the whole stands. Anything that failed is a gap; else what a person must see is open; else it passed. Nothing looked at is a gap.
    var standing: Finding.Standing {
        guard !findings.isEmpty, gaps.isEmpty else { return .failed }
        return findings.contains { $0.standing == .human } ? .human : .verified
    }

    var findings: [Finding] { truths + artifacts + links + deliverables }

    /// What is missing, in words.
    var gaps: [String] {
        findings.filter { $0.standing == .failed }.map { "\($0.subject.joined(separator: " -> ")): \($0.evidence)" }
            + signs.flatMap { sign in sign.places.map { "\(sign.title): `\($0)`" } }
    }

    /// What a person must see.
    var human: [Finding] { findings.filter { $0.standing == .human } }

    /// Looks at everything that plans promise.
    init(of plans: [Plan], project: Project, tests: TestSources, results: TestResults, deliverables: Deliverables) {
        let truth = TruthCheck(tests: tests, results: results)
        truths = plans.flatMap { plan in plan.truths.map { truth.finding(of: $0.text, in: plan) } }
        let artifact = ArtifactCheck(project: project)
        artifacts = Self.once(plans.flatMap { $0.artifacts.map { artifact.finding(of: $0) } })
        let link = LinkCheck(project: project)
        links = plans.flatMap { plan in plan.links.map { link.finding(of: $0, in: plan) } }
        let documents = Set(plans.flatMap { $0.artifacts.map(\.path.text) }).filter { $0.hasPrefix(Deliverable.folder) }.sorted()
        self.deliverables = documents.flatMap { deliverables.findings(of: $0) }
        let files = Set(plans.flatMap { $0.filesModified.map(\.text) + $0.artifacts.map(\.path.text) }.flatMap { project.files(under: $0) })
        let sources = files.sorted().compactMap { project.file($0) }
        signs = AntiPattern.all.map { pattern in
            do throws(Pattern.Fault) {
                return Sign(title: pattern.title, places: try pattern.places(in: sources))
            } catch {
                return Sign(title: pattern.title, places: ["the pattern is refused: \(error)"])
            }
        }
    }

    /// Two plans may need the same artifact.
    private static func once(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }
    }
}
