import WaiaasCore

/// Why the database and `audit-checkpoints.jsonl` cannot belong together.
enum AuditFileError: Error, Equatable {
    /// A checkpoint was signed over a record that the database does not have, or has otherwise: an older database was put back.
    case databaseBehind(signedThrough: Int64, lastRecord: Int64)
}

extension AuditCheckpointFile {
    /// Compares the file with the database at start, as far as it costs nothing: the newest checkpoint that our own key signed must
    /// cover a record that is there, and is the one that was signed.
    ///
    /// An older copy of the database would bring revoked sessions and cut secrets back to life; it must not start unnoticed.
    ///
    /// - Parameters:
    ///   - store: the database.
    ///   - key: the audit ring's key.
    ///   - file: gets the public halves again that it lacks, before the key signs anything more, and the checkpoints missing at its end.
    /// - Throws: ``AuditFileError``.
    func compare(with store: any AuditReading, of key: AuditKey, completing file: CheckpointFile) throws {
        let stored = try store.auditPublicKeys()
        guard let ours = stored.first(where: { $0.kid == key.kid }) else { return }
        // Those before ours too: their checkpoints stand in the file, and they vouch for it.
        try file.append(stored.filter { !keys.contains($0) }.map { .key($0) })
        // What a crash, or somebody, left out at the end of the file stands in the table.
        let newestInFile = checkpoints.map(\.sequence).max() ?? 0
        try file.append(try store.auditCheckpoints(after: newestInFile, limit: .max).map { .checkpoint($0) })
        let cryptography = AuditKey.verification(with: nil)
        let isSigned: (AuditCheckpoint) -> Bool = { cryptography.verifies(ours.bytes, $0.signedBytes, $0.signature) }
        let candidates = checkpoints.filter { $0.kid == key.kid }.sorted { $0.sequence > $1.sequence }
        // From the end: the first one that is ours is the newest.
        guard let newest = candidates.first(where: isSigned)?.sequence else { return }
        let record = try store.auditRecords(after: newest - 1, limit: 1).first
        for checkpoint in candidates where checkpoint.sequence == newest && isSigned(checkpoint) {
            guard record?.sequence == newest, record?.hash == checkpoint.hash else {
                throw AuditFileError.databaseBehind(signedThrough: newest, lastRecord: try store.auditHead().sequence)
            }
        }
    }
}
