/// How the audit log, its checkpoints and their file fit together.
public struct AuditFacts: DoctorFacts, Equatable {
    /// What the database and the file do not both hold.
    public let disagreements: [AuditFault]
    /// Lines of the file that are neither a key nor a checkpoint.
    public let unreadable: [AuditFault]
    /// The last record that a checkpoint of the file covers.
    public let signedThrough: Int64
    /// The last record of the database.
    public let lastRecord: Int64
    /// What checking every record with the password showed; nil without it.
    public let verdict: AuditVerdict?

    /// How many faults are shown.
    private static let shown = 5

    /// Facts.
    public init(
        disagreements: [AuditFault], unreadable: [AuditFault], signedThrough: Int64, lastRecord: Int64, verdict: AuditVerdict?
    ) {
        self.disagreements = disagreements
        self.unreadable = unreadable
        self.signedThrough = signedThrough
        self.lastRecord = lastRecord
        self.verdict = verdict
    }

    /// The audit log.
    public var subject: DoctorSubject { .audit }
    /// What does not fit.
    public var findings: [Finding] {
        var findings: [Finding] = []
        if signedThrough > lastRecord {
            findings.append(Finding(.databaseBehind, "signed through record \(signedThrough), the database ends with record \(lastRecord)"))
        }
        findings += [
            Finding(.checkpointsDiffer, ifAny: Self.few(disagreements)), Finding(.checkpointsUnreadable, ifAny: Self.few(unreadable)),
            verdict.flatMap { $0.isWhole ? nil : Finding(.auditNotWhole, ifAny: Self.few($0.faults)) },
        ].compactMap(\.self)
        return findings
    }
    /// What was compared.
    public var summary: String {
        "the last record is \(lastRecord), signed through \(signedThrough)"
            + (verdict.map { "; every one checked, \($0.macsChecked) by their MACs" } ?? "; waiaas audit verify checks every one")
    }

    private static func few(_ faults: [AuditFault]) -> [String] {
        let lines = faults.prefix(shown).map(\.description)
        return faults.count <= shown ? lines : lines + ["and \(faults.count - shown) more"]
    }
}
