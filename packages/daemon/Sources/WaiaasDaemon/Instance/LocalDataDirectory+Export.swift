public import WaiaasCore
import WaiaasInstance
import WaiaasStorageSQLite

extension LocalDataDirectory {
    /// How many records are read at once.
    private static let batch = 1_000
    /// The largest export that is read, in bytes: far more than a database of ours can hold.
    private static let largestExport = 1 << 40
    /// How many records are checked between two words of progress.
    private static let between: Int64 = 5_000

    /// Reads the audit log of a data directory that no daemon holds, under its lock.
    public func readAudit(
        _ selection: InstanceSelection, after sequence: Int64, _ body: (AuditBatch) -> Bool
    ) async throws(LocalInstanceError) -> [AuditFault] {
        try await attempt {
            let directory = try directory(of: selection)
            return try await locked(directory, selection) { _ in
                let store = try SQLiteStore.open(path: directory.database, .inspecting, backups: directory.backups)
                defer { try? store.close() }
                var faults = store.schemaDifferences.map { AuditFault.schemaChanged($0) }
                var place = sequence
                while true {
                    let found: AuditBatch
                    do {
                        found = try await store.read { [place] in try Self.batch(of: $0, after: place) }
                    } catch StoreError.damaged(let table, let column, let reason) {
                        faults.append(
                            .unreadable(place: "\(table).\(column) of a record after record \(place) (\(reason)): it and what follows"))
                        return faults
                    }
                    guard body(found), let last = found.records.last, found.records.count == Self.batch else { return faults }
                    place = last.sequence
                }
            }
        }
    }

    /// A piece of the log; the last one has the checkpoints beyond its records too.
    private static func batch(of store: any AuditReading, after sequence: Int64) throws -> AuditBatch {
        let records = try store.auditRecords(after: sequence, limit: batch)
        let isLast = records.count < batch
        let end = records.last?.sequence ?? sequence
        var checkpoints: [AuditCheckpoint] = []
        var place = sequence
        while case let found = try store.auditCheckpoints(after: place, limit: batch), let last = found.last {
            checkpoints += found.filter { isLast || $0.sequence <= end }
            place = last.sequence
            if !isLast, place > end { break }
        }
        return AuditBatch(records: records, checkpoints: checkpoints, keys: try store.auditPublicKeys())
    }

    /// Checks an export with public keys alone.
    public func verifyAuditExport(
        _ source: AuditExportSource, against evidence: AuditEvidence, progress: (Int64) -> Void
    ) async throws(LocalInstanceError) -> AuditExportVerdict {
        try attempt {
            var verification = AuditExportVerification(from: source.first, against: evidence, cryptography: auditCryptography)
            let path = source.path.hasPrefix("/") ? source.path : "\(workingDirectory)/\(source.path)"
            let exists = try LineReader.forEachLine(
                of: path, fileLimit: Self.largestExport, lineLimit: AuditLine.limits.bytes
            ) { line in
                verification.take(line)
                if verification.recordsChecked > 0, verification.recordsChecked.isMultiple(of: Self.between) {
                    progress(verification.recordsChecked)
                }
            }
            guard exists else { throw DataDirectoryError.system(path: source.path, reason: "there is no such file") }
            return verification.verdict()
        }
    }
}
