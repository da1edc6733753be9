/// Some records of the log in order, with what was signed over them: a page of a daemon, or a piece of a database.
public struct AuditBatch: Equatable, Sendable {
    /// The records.
    public let records: [AuditRecord]
    /// The checkpoints that cover them; with the last records also those beyond.
    public let checkpoints: [AuditCheckpoint]
    /// Every public key known when it was read.
    public let keys: [AuditPublicKey]

    /// A batch from its parts.
    public init(records: [AuditRecord], checkpoints: [AuditCheckpoint], keys: [AuditPublicKey]) {
        self.records = records
        self.checkpoints = checkpoints
        self.keys = keys
    }
}

/// Puts the lines of an export together, batch by batch: head, keys, records with the checkpoints right after the record they cover, end.
///
/// Both witnesses go in: the checkpoints that came with the records, and those of `audit-checkpoints.jsonl`. What only one of them holds
/// is a finding, which the export carries with it.
public struct AuditExport: Sendable {
    /// How many records were put in.
    public private(set) var records: Int64 = 0
    /// The last of them; the one before the first while there is none.
    public private(set) var last: Int64
    /// What was found wrong, so far as it is known; complete once the end is written.
    public private(set) var findings: [AuditFault] = []

    private let file: AuditCheckpointFile
    private var keys: Set<AuditPublicKey> = []
    private var copies = AuditCopies()
    /// Those of the file that lie beyond the records so far, by record.
    private var waiting: ArraySlice<AuditCheckpoint>
    /// Those of both witnesses that come next, by record.
    private var due: ArraySlice<AuditCheckpoint> = []
    private var written: Set<AuditCheckpoint> = []

    /// An export without lines.
    ///
    /// - Parameters:
    ///   - first: the first record that is wanted.
    ///   - file: `audit-checkpoints.jsonl`, read before the first batch.
    public init(from first: Int64, file: AuditCheckpointFile) {
        last = first - 1
        // The one over the record before the first is what the first links to.
        let covering = file.checkpoints.filter { $0.sequence >= first - 1 }.sorted { $0.sequence < $1.sequence }
        self.file = AuditCheckpointFile(
            keys: file.keys, checkpoints: covering.filter { $0.sequence >= first }, faults: file.faults)
        waiting = covering[...]
    }

    /// The first lines.
    public mutating func head(at time: WallTime) -> [UInt8] {
        takeOver([], through: last)
        return AuditLine.export(AuditExportHead(exportedAt: time, first: last + 1)).bytes + lines(for: file.keys)
            + checkpoints(through: last)
    }

    /// The lines of a batch.
    public mutating func lines(for batch: AuditBatch) -> [UInt8] {
        copies.keys.formUnion(batch.keys)
        copies.checkpoints.formUnion(batch.checkpoints)
        takeOver(batch.checkpoints, through: batch.records.last?.sequence ?? last)
        var lines = lines(for: batch.keys)
        for record in batch.records {
            lines += checkpoints(through: record.sequence - 1)
            lines += AuditLine.record(record).bytes
            lines += checkpoints(through: record.sequence)
            last = max(last, record.sequence)
            records += 1
        }
        return lines
    }

    /// The last lines.
    ///
    /// - Parameters:
    ///   - faults: what else was found wrong while the records were read.
    ///   - isLive: whether a daemon may have signed more since the file was read.
    public mutating func end(adding faults: [AuditFault], isLive: Bool) -> [UInt8] {
        takeOver([], through: .max)
        findings = file.faults + faults + copies.disagreements(with: file, isLive: isLive)
        return checkpoints(through: .max) + findings.flatMap { AuditLine.finding($0.description).bytes }
            + AuditLine.end(records: records).bytes
    }

    private mutating func lines(for found: [AuditPublicKey]) -> [UInt8] {
        found.flatMap { key in keys.insert(key).inserted ? AuditLine.key(key).bytes : [] }
    }

    /// Makes checkpoints due: those of a batch, and those of the file as far as the batch goes.
    private mutating func takeOver(_ found: [AuditCheckpoint], through sequence: Int64) {
        let near = waiting.prefix { $0.sequence <= sequence }
        waiting = waiting.dropFirst(near.count)
        guard !near.isEmpty || !found.isEmpty else { return }
        due = (due + near + found).sorted { $0.sequence < $1.sequence }[...]
    }

    private mutating func checkpoints(through sequence: Int64) -> [UInt8] {
        var lines: [UInt8] = []
        while let next = due.first, next.sequence <= sequence {
            due = due.dropFirst()
            // Both witnesses hold most of them; those of one record stand side by side.
            if written.first?.sequence != next.sequence { written = [] }
            if written.insert(next).inserted { lines += AuditLine.checkpoint(next).bytes }
        }
        return lines
    }
}
