import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

/// Looks at what a restore is about to replace: what is newer there, and which checkpoint was the last one known.
struct ReplacedDirectory {
    private static let batch = 1_000

    let directory: DataDirectory
    /// The audit ring's public keys as the backup has them: what others signed in the directory is not believed.
    let keys: [AuditPublicKey]

    /// What lies there, and which sessions of a list have ended there; nil if nothing does.
    ///
    /// - Parameters:
    ///   - backup: the end of the backup's log.
    ///   - masterKey: the wrapped master key of the backup.
    ///   - sessions: sessions of the backup.
    /// - Throws: only what keeps the directory from being looked at; a damaged database is a state, and the reason for many a restore.
    func state(
        against backup: AuditHead, masterKey: String, sessions: [SessionID]
    ) async throws -> (state: ReplacedState, ended: Set<SessionID>)? {
        guard try isThere() else { return nil }
        let checkpoint = try newestCheckpoint()
        do {
            let store = try SQLiteStore.open(path: directory.database, .inspecting, backups: directory.backups)
            defer { try? store.close() }
            return try await store.read { store in
                var comparison = Comparison(checkpoint: checkpoint, isGenuine: isGenuine)
                try comparison.compare(store, with: backup)
                let ended = try sessions.filter { try store.session($0).map { $0.revokedAt != nil } ?? true }
                let state = ReplacedState(
                    lastRecord: comparison.head.sequence, lastAt: comparison.lastAt, continuesBackup: comparison.continuesBackup,
                    newer: comparison.newer, hasOtherPassword: try store.state(.masterKey) != masterKey, checkpoint: comparison.checkpoint)
                return (state, comparison.continuesBackup ? Set(ended) : [])
            }
        } catch {
            return (ReplacedState(fault: LocalInstanceError(causedBy: error).description, checkpoint: checkpoint.map { AuditMark($0) }), [])
        }
    }

    /// Whether there is even a part of a data directory.
    private func isThere() throws(DataDirectoryError) -> Bool {
        do throws(DataDirectoryError) {
            try directory.requireNotInitialised()
            return false
        } catch {
            guard case .alreadyInitialised = error else { throw error }
            return true
        }
    }

    /// The newest checkpoint of the file that carries a signature of one of the backup's keys.
    private func newestCheckpoint() throws -> AuditCheckpoint? {
        try CheckpointReader.read(directory.auditCheckpoints).checkpoints.sorted { $0.sequence > $1.sequence }.first(where: isGenuine)
    }

    private func isGenuine(_ checkpoint: AuditCheckpoint) -> Bool {
        let cryptography = AuditKey.verification(with: nil)
        return keys.contains {
            $0.kid == checkpoint.kid && cryptography.verifies($0.bytes, checkpoint.signedBytes, checkpoint.signature)
        }
    }

    /// What the log says, read once from the end of the backup on.
    private struct Comparison {
        var checkpoint: AuditMark?
        var head = AuditHead.empty
        var lastAt: WallTime?
        var continuesBackup = false
        var newer: [String: Int64] = [:]

        /// The last record that a genuine checkpoint of the directory covers.
        private let signedThrough: Int64
        private let isGenuine: (AuditCheckpoint) -> Bool

        init(checkpoint: AuditCheckpoint?, isGenuine: @escaping (AuditCheckpoint) -> Bool) {
            self.checkpoint = checkpoint.map { AuditMark($0) }
            signedThrough = checkpoint?.sequence ?? 0
            self.isGenuine = isGenuine
        }

        mutating func compare(_ store: any StoreReading, with backup: AuditHead) throws {
            head = try store.auditHead()
            if let newest = try store.newestAuditCheckpoint(), isGenuine(newest) { take(AuditMark(newest)) }
            lastAt = try store.auditRecords(after: head.sequence - 1, limit: 1).first?.time
            continuesBackup = try store.auditRecords(after: backup.sequence - 1, limit: 1).first?.hash == backup.hash
            guard continuesBackup else { return }
            var after = backup.sequence
            while case let records = try store.auditRecords(after: after, limit: batch), let last = records.last {
                for record in records {
                    newer[record.event, default: 0] += 1
                    // What an earlier restore left would be forgotten with its record; one that nobody signed may be anybody's.
                    if record.sequence <= signedThrough, let left = AuditRestoration(record)?.left { take(left) }
                }
                after = last.sequence
            }
        }

        private mutating func take(_ mark: AuditMark) {
            if mark.sequence > checkpoint?.sequence ?? 0 { checkpoint = mark }
        }
    }
}
