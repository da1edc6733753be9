/// The two places where a data directory keeps its audit keys and checkpoints: the database and `audit-checkpoints.jsonl`.
///
/// Each is there to betray a change of the other, so what one has and the other lacks is a fault of its own.
public struct AuditCopies: Sendable {
    /// The public keys in the database.
    public var keys: Set<AuditPublicKey>
    /// The checkpoints in the database.
    public var checkpoints: Set<AuditCheckpoint>

    /// What the database holds.
    public init(keys: some Sequence<AuditPublicKey> = [], checkpoints: some Sequence<AuditCheckpoint> = []) {
        self.keys = Set(keys)
        self.checkpoints = Set(checkpoints)
    }

    /// What the database and the file do not both hold.
    ///
    /// The database gets each checkpoint first; a crash in between leaves the newest one there alone, until the next start.
    ///
    /// - Parameters:
    ///   - file: what the file holds.
    ///   - isLive: whether a daemon may have signed more since the file was read.
    public func disagreements(with file: AuditCheckpointFile, isLive: Bool) -> [AuditFault] {
        let name = "audit-checkpoints.jsonl"
        let newestInFile = file.checkpoints.map(\.sequence).max() ?? 0
        let newestHere = checkpoints.map(\.sequence).max() ?? 0
        var faults: [AuditFault] = []
        for key in keys.subtracting(file.keys) { faults.append(.keyMissing(kid: key.kid, place: name)) }
        for key in Set(file.keys).subtracting(keys) { faults.append(.keyMissing(kid: key.kid, place: "waiaas.db")) }
        for checkpoint in checkpoints.subtracting(file.checkpoints) {
            let isAwaited = isLive ? checkpoint.sequence > newestInFile : checkpoint.sequence == newestHere
            if !isAwaited { faults.append(.checkpointMissing(sequence: checkpoint.sequence, place: name)) }
        }
        for checkpoint in Set(file.checkpoints).subtracting(checkpoints) {
            faults.append(.checkpointMissing(sequence: checkpoint.sequence, place: "waiaas.db"))
        }
        return faults.sorted()
    }
}
