/// What checking an export came to.
public struct AuditExportVerdict: Equatable, Sendable {
    /// What the chain came to.
    public let verdict: AuditVerdict
    /// What the file says it is; nil if it has no head.
    public let head: AuditExportHead?
    /// The first public key in it.
    public let firstKey: KeyID?

    /// A verdict from its parts.
    public init(verdict: AuditVerdict, head: AuditExportHead?, firstKey: KeyID?) {
        self.verdict = verdict
        self.head = head
        self.firstKey = firstKey
    }
}

/// Checks an export line by line, in memory that does not grow with it: the rule behind `audit verify --file`.
///
/// The records go through the same ``AuditVerification`` as those of a database. Beyond that, each line must be the very bytes that an
/// export has there, so that nothing can be hidden beside what is hashed; a checkpoint must not come later than its place, where it
/// could no longer be compared; and the last line must be there.
public struct AuditExportVerification: Sendable {
    private let evidence: AuditEvidence
    private var verification: AuditVerification
    private var faults = AuditFaultList()
    private var head: AuditExportHead?
    private var firstKey: KeyID?
    private var number: Int64 = 0
    private var records: Int64 = 0
    private var isEnded = false
    /// The checkpoints of the copy that the export must hold and has not shown yet.
    private var awaited: Set<AuditCheckpoint>
    private let first: Int64

    /// A verification that has seen no line yet.
    ///
    /// - Parameters:
    ///   - first: the record that the export must begin with: what it says itself is not believed.
    ///   - evidence: what is known from elsewhere.
    ///   - cryptography: the digest, and the signature check.
    public init(from first: Int64, against evidence: AuditEvidence, cryptography: AuditCryptography) {
        self.first = first
        self.evidence = evidence
        verification = AuditVerification(
            keys: evidence.copy?.keys ?? [], checkpoints: evidence.copy?.checkpoints ?? [], trusted: evidence.trusted, from: first,
            cryptography: cryptography)
        awaited = Set((evidence.copy?.checkpoints ?? []).filter { $0.sequence >= first })
        for fault in evidence.copy?.faults ?? [] { faults.add(fault) }
    }

    /// How many records were checked.
    public var recordsChecked: Int64 { records }

    /// Checks the next line, without its end.
    public mutating func take(_ bytes: [UInt8]) {
        number += 1
        guard let line = AuditLine(bytes), line.bytes.dropLast().elementsEqual(bytes) else {
            faults.add(.exportDamaged("line \(number) is not a line of an export"))
            return
        }
        if isEnded { faults.add(.exportDamaged("goes on after its last line, in line \(number)")) }
        switch line {
        case .export(let head): take(head)
        case .key(let key):
            if firstKey == nil { firstKey = key.kid }
            verification.accept([key])
        case .record(let record):
            records += 1
            verification.check(record)
        case .checkpoint(let checkpoint): take(checkpoint)
        case .finding(let text): faults.add(.foundAtExport(text))
        case .end(let count):
            isEnded = true
            if count != records { faults.add(.exportDamaged("says that it holds \(count) records, and holds \(records)")) }
        }
        if number == 1, head == nil { faults.add(.exportDamaged("does not begin as an export does")) }
    }

    /// What came out, once all lines were taken.
    public func verdict() -> AuditExportVerdict {
        var end = faults
        if !isEnded { end.add(.exportDamaged("has no last line: it was cut short")) }
        let verdict = verification.verdict()
        for checkpoint in awaited.sorted(by: { $0.sequence < $1.sequence }) where checkpoint.sequence <= verdict.records {
            end.add(.checkpointMissing(sequence: checkpoint.sequence, place: "the export"))
        }
        return AuditExportVerdict(verdict: verdict.adding(end.named, notNamed: end.notNamed), head: head, firstKey: firstKey)
    }

    private mutating func take(_ head: AuditExportHead) {
        if number > 1 { faults.add(.exportDamaged("begins again in line \(number)")) }
        if head.version != AuditExportHead.currentVersion {
            faults.add(.exportDamaged("has the form \(head.version), and this release reads form \(AuditExportHead.currentVersion)"))
        }
        if head.first != first { faults.add(.exportDamaged("says that it begins with record \(head.first), not with record \(first)")) }
        if self.head == nil { self.head = head }
    }

    private mutating func take(_ checkpoint: AuditCheckpoint) {
        awaited.remove(checkpoint)
        if checkpoint.sequence < verification.lastSequence { faults.add(.checkpointMisplaced(sequence: checkpoint.sequence)) }
        verification.expect([checkpoint])
    }
}
