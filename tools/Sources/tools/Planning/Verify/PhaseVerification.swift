/// What is true of a phase, or of one of its plans: from the goal backwards, the truths, what must be there for them, and how it is joined.
struct PhaseVerification {
    let truths: [Finding]
    let artifacts: [Finding]
    let links: [Finding]
    let deliverables: [Finding]
    let signs: [SignSearch.Sign]

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
    init(of plans: [Plan], project: Project, tests: TestSources, results: TestResults, search: SignSearch) {
        let truth = TruthCheck(tests: tests, results: results)
        truths = plans.flatMap { plan in plan.truths.map { truth.finding(of: $0.text, in: plan) } }
        let artifact = ArtifactCheck(project: project)
        artifacts = Self.once(plans.flatMap { $0.artifacts.map { artifact.finding(of: $0) } })
        let link = LinkCheck(project: project)
        links = plans.flatMap { plan in plan.links.map { link.finding(of: $0, in: plan) } }
        let promised = Set(plans.flatMap { $0.artifacts.map(\.path.text) })
        deliverables = promised.filter { $0.hasPrefix(Deliverable.folder) }.sorted().compactMap(project.file).flatMap { file in
            Deliverable(file, project: project).findings(tests: tests, results: results)
        }
        let files = Set(promised.union(plans.flatMap { $0.filesModified.map(\.text) }).flatMap(project.files(under:)))
        signs = search.signs(in: files.sorted().compactMap(project.file))
    }

    /// Two plans may need the same artifact.
    private static func once(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }
    }
}
