/// A place where a log goes on from a backup: the first record of a new segment (design 2.10).
///
/// The records that came after the backup are no part of the log any more, and signatures over them that somebody kept fit nothing here.
/// The record names the newest of them that was known, so that who holds them can tell a restore from a log that was cut.
public struct AuditRestoration: Hashable, Sendable {
    /// The record that says so; the log goes back to the record before it.
    public let sequence: Int64
    /// When the backup was restored.
    public let time: WallTime
    /// When the backup was made.
    public let backupCreatedAt: WallTime
    /// The last checkpoint known of the log that was left; nil if none was.
    public let left: AuditMark?

    /// A restoration from its parts.
    public init(sequence: Int64, time: WallTime, backupCreatedAt: WallTime, left: AuditMark?) {
        self.sequence = sequence
        self.time = time
        self.backupCreatedAt = backupCreatedAt
        self.left = left
    }

    /// What a record says of a restoration; nil for a record of anything else.
    public init?(_ record: AuditRecord) {
        guard record.event == AuditEventName.backupRestored.rawValue,
            let details = try? JSONDocument(scanning: Array(record.details.utf8)).root,
            let createdAt = details.member("backupCreatedAt")?.string.flatMap({ WallTime(iso8601: $0) })
        else { return nil }
        var left: AuditMark?
        if let sequence = details.member("leftRecord")?.integer,
            let hash = details.member("leftHash")?.string.flatMap({ Digest256(hex: $0) }),
            let kid = details.member("leftKid")?.string.flatMap({ KeyID($0) })
        {
            left = AuditMark(sequence: sequence, hash: hash, kid: kid)
        }
        self.init(sequence: record.sequence, time: record.time, backupCreatedAt: createdAt, left: left)
    }

    /// The facts to record, the other way round.
    public static func details(backupCreatedAt: WallTime, left: AuditMark?) -> [AuditDetail] {
        [AuditDetail("backupCreatedAt", backupCreatedAt.iso8601)]
            + (left.map { mark in
                [
                    AuditDetail("leftRecord", mark.sequence), AuditDetail("leftHash", mark.hash.description),
                    AuditDetail("leftKid", mark.kid.text),
                ]
            } ?? [])
    }

    /// Whether a checkpoint can be of the log that was left: it covers a record of that place, and is no younger than the restore.
    public func mayHaveLeft(_ checkpoint: AuditCheckpoint) -> Bool { checkpoint.sequence >= sequence && checkpoint.time <= time }

    /// Whether the record accounts for such a checkpoint: it names this one, or a later one.
    func accounts(for checkpoint: AuditCheckpoint) -> Bool {
        guard mayHaveLeft(checkpoint), let left else { return false }
        return checkpoint.sequence < left.sequence || AuditMark(checkpoint) == left
    }
}
