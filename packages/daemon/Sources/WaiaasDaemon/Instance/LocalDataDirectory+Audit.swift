public import WaiaasCore
import WaiaasInstance
import WaiaasStorageSQLite

extension LocalDataDirectory {
    /// How many records are read at once.
    private static let batch = 1_000

    /// Checks the audit log of a data directory that no daemon holds: records, checkpoints of the table and of the file, what the caller
    /// kept elsewhere, and with the password the MACs.
    public func verifyAudit(
        _ request: UnlockRequest, against evidence: AuditEvidence, progress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws(LocalInstanceError) -> AuditVerdict {
        try await attempt {
            let directory = try directory(of: request.selection)
            return try await locked(directory, request.selection) { _ in
                let store = try SQLiteStore.open(path: directory.database, .inspecting, backups: directory.backups)
                defer { try? store.close() }
                let tampering = store.schemaDifferences.map { AuditFault.schemaChanged($0) }
                var key: AuditKey?
                if let password = request.password { key = try await unlock(store, with: password).1 }
                let file = try CheckpointReader.read(directory.auditCheckpoints)
                return try await Self.verify(store, file: file, evidence: evidence, key: key, progress).adding(tampering)
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

    /// Judges the log of a store that nobody writes to by all that is known of it.
    static func verify(
        _ store: any Store, file: AuditCheckpointFile, evidence: AuditEvidence, key: AuditKey?, _ progress: (Int64, Int64) -> Void
    ) async throws -> AuditVerdict {
        let (copies, keys) = try await store.read { (try Self.copies(in: $0), try $0.auditPublicKeys()) }
        // What was kept elsewhere comes first: of two keys that both claim to be the first, the one known longer is the true one.
        var verification = AuditVerification(
            keys: (evidence.copy?.keys ?? []) + file.keys + keys,
            checkpoints: Array(copies.checkpoints.union(file.checkpoints).union(evidence.copy?.checkpoints ?? [])),
            trusted: evidence.trusted, cryptography: AuditKey.verification(with: key))
        var faults = file.faults + (evidence.copy?.faults ?? []) + copies.disagreements(with: file, isLive: false)
        if let unreadable = try await check(store, with: &verification, progress) { faults.append(unreadable) }
        return verification.verdict().adding(faults)
    }

    /// The keys and checkpoints of a store.
    static func copies(in store: any AuditReading) throws -> AuditCopies {
        var copies = AuditCopies(keys: try store.auditPublicKeys())
        var after: Int64 = 0
        while case let found = try store.auditCheckpoints(after: after, limit: batch), let last = found.last {
            copies.checkpoints.formUnion(found)
            after = last.sequence
        }
        return copies
    }

    /// Feeds every record to a verification: while one batch is checked the next is read. Nobody writes meanwhile, for we hold the lock.
    ///
    /// - Returns: the place where reading ended, if a value there is so wrong that it is no part of a record.
    private static func check(
        _ store: any Store, with verification: inout AuditVerification, _ progress: (Int64, Int64) -> Void
    ) async throws -> AuditFault? {
        let all = try await store.read { try $0.auditHead().sequence }
        var found = try await records(of: store, after: 0)
        while case .read(let records) = found, let last = records.last {
            async let next = Self.records(of: store, after: last.sequence)
            for record in records { verification.check(record) }
            progress(last.sequence, all)
            found = try await next
        }
        if case .unreadable(let fault) = found { return fault }
        return nil
    }

    private enum Batch: Sendable {
        case read([AuditRecord])
        case unreadable(AuditFault)
    }

    private static func records(of store: any Store, after place: Int64) async throws -> Batch {
        do {
            return .read(try await store.read { try $0.auditRecords(after: place, limit: batch) })
        } catch StoreError.damaged(let table, let column, let reason) {
            return .unreadable(
                .unreadable(place: "\(table).\(column) of a record after record \(place) (\(reason)): it and what follows"))
        }
    }
}
