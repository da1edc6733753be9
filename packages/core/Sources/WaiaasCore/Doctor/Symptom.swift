/// Something that `waiaas doctor` can find: what it is called for good, how much it matters, and what to do.
public struct Symptom: Hashable, Sendable {
    /// Its name in reports, documents and scripts: `CLOCK-01`. Never given to anything else.
    public let id: String
    /// Where it is found.
    public let subject: DoctorSubject
    /// How much it matters.
    public let level: DoctorLevel
    /// What is the matter, as a clause.
    public let text: String
    /// What to do, as a clause.
    public let remedy: String

    init(_ id: String, _ subject: DoctorSubject, _ level: DoctorLevel, _ text: String, remedy: String) {
        self.id = id
        self.subject = subject
        self.level = level
        self.text = text
        self.remedy = remedy
    }
}

/// A symptom that was found, with the evidence.
public struct Finding: Hashable, Sendable {
    /// What was found.
    public let symptom: Symptom
    /// Where, and what exactly: a line each; none when the symptom says it all.
    public let evidence: [String]

    /// A finding.
    public init(_ symptom: Symptom, _ evidence: String...) {
        self.init(symptom, evidence)
    }

    /// A finding with its lines; nil if there are none.
    init?(_ symptom: Symptom, ifAny evidence: [String]) {
        if evidence.isEmpty { return nil }
        self.init(symptom, evidence)
    }

    private init(_ symptom: Symptom, _ evidence: [String]) {
        self.symptom = symptom
        self.evidence = evidence
    }
}
