/// What `waiaas doctor` found.
public struct DoctorReport: Hashable, Sendable {
    /// One subject, looked at.
    public struct Examination: Hashable, Sendable {
        /// What was looked at.
        public let subject: DoctorSubject
        /// The worst of the findings; ``DoctorLevel/ok`` without any, ``DoctorLevel/skipped`` if it was not looked at.
        public let level: DoctorLevel
        /// What was seen when there is nothing to find, or why nothing was seen.
        public let summary: String
        /// What was found.
        public let findings: [Finding]
    }

    /// The path of the data directory.
    public let dataDirectory: String
    /// Each subject, in order.
    public let examinations: [Examination]

    /// Judges what was gathered.
    ///
    /// - Parameters:
    ///   - facts: each subject's; a subject without is left out.
    public init(dataDirectory: String, facts: [GatheredFacts]) {
        self.dataDirectory = dataDirectory
        examinations = facts.map { gathered in
            switch gathered {
            case .known(let facts):
                let findings = facts.findings
                return Examination(
                    subject: facts.subject, level: findings.map(\.symptom.level).max() ?? .ok, summary: facts.summary, findings: findings)
            case .unknown(let subject, let reason):
                return Examination(subject: subject, level: .skipped, summary: "not looked at: \(reason)", findings: [])
            }
        }
    }

    /// All findings, in the order of their subjects.
    public var findings: [Finding] { examinations.flatMap(\.findings) }

    /// How many findings there are of a level.
    public func count(_ level: DoctorLevel) -> Int { findings.count { $0.symptom.level == level } }
}

/// What is known of a subject. The rules are pure: from facts to findings, with nothing looked up.
public protocol DoctorFacts: Sendable {
    /// Which subject.
    var subject: DoctorSubject { get }
    /// What they show.
    var findings: [Finding] { get }
    /// What was seen, when there is nothing to find.
    var summary: String { get }
}

/// What came of looking at a subject.
public enum GatheredFacts: Sendable {
    /// It was looked at.
    case known(any DoctorFacts)
    /// It could not be.
    case unknown(DoctorSubject, reason: String)
}
