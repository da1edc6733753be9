public import WaiaasCore
import WaiaasInstance
import WaiaasStorageSQLite

extension LocalDataDirectory {
    /// How many records are read at once.
    private static let batch = 1_000

    /// Checks the audit log of a data directory that no daemon holds: records, checkpoints of the table and of the file, what the caller
    /// kept elsewhere, and with the password the MACs.
    public func verifyAudit(
        _ request: UnlockRequest, against evidence: AuditEvidence
    ) async throws(LocalInstanceError) -> AuditVerdict {
        try await attempt {
            let directory = try directory(of: request.selection)
            return try await locked(directory, request.selection) { _ in
                let store = try SQLiteStore.open(path: directory.database, .existing, backups: directory.backups)
                defer { try? store.close() }
                var key: AuditKey?
                if let password = request.password { key = try await unlock(store, with: password).1 }
                let file = try CheckpointReader.read(directory.auditCheckpoints)
                return try await store.read { [key] store in
                    try Self.verify(store, file: file, evidence: evidence, key: key)
                }
            }
        }
    }

    /// Reads the public keys and the checkpoints of a file.
    public func readAuditCheckpoints(_ source: AuditCheckpointSource) async throws(LocalInstanceError) -> AuditCheckpointFile {
        try attempt {
            switch source {
            case .dataDirectory(let selection): try CheckpointReader.read(try directory(of: selection).auditCheckpoints)
            case .copy(let path): try CheckpointReader.read(path, mustExist: true)
            }
        }
    }

    private static func verify(
        _ store: any AuditReading, file: AuditCheckpointFile, evidence: AuditEvidence, key: AuditKey?
    ) throws -> AuditVerdict {
        var checkpoints = file.checkpoints + (evidence.copy?.checkpoints ?? [])
        var after: Int64 = 0
        while case let found = try store.auditCheckpoints(after: after, limit: batch), let last = found.last {
            checkpoints += found
            after = last.sequence
        }
        var verification = AuditVerification(
            keys: try store.auditPublicKeys() + file.keys + (evidence.copy?.keys ?? []), checkpoints: checkpoints,
            trusted: evidence.trusted, cryptography: AuditKey.verification(with: key))
        after = 0
        while case let found = try store.auditRecords(after: after, limit: batch), let last = found.last {
            for record in found { verification.check(record) }
            after = last.sequence
        }
        let verdict = verification.verdict()
        return verdict.adding(file.faults + (evidence.copy?.faults ?? []))
    }
}
