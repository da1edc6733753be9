import WaiaasBackup
import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

/// What makes a restored database one of today: nothing that was issued before it is accepted unless that is asked for (design 2.10).
struct NewEpoch {
    let master: MasterKey
    let auditKey: AuditKey
    let header: ArchiveHeader
    let clocks: Clocks

    /// What it came to.
    struct Outcome: Sendable {
        let sessionKid: KeyID
        let sessionsEnded: Int64
        let loginsEnded: Int64
        let record: Int64
    }

    /// Begins it: in one transaction a fresh session secret and the end of every session, or the ring sealed anew, and the record that
    /// begins a new segment of the log.
    ///
    /// The ring's epoch jumps ahead of whatever the replaced database had, so that none of its sealed values opens here.
    func begin(in store: any Store, keepsSessions: Bool, leaving left: AuditMark?) async throws -> Outcome {
        let storage = SessionRingStorage(key: try master.sealingKey(for: .sessionRing))
        let users = NewUserEpoch(storage: UserRingStorage(key: try master.sealingKey(for: .userRing)))
        let events = NewEventEpoch(storage: EventStateStorage(key: try master.sealingKey(for: .eventRing)))
        let trail = AuditTrail(key: auditKey, clocks: clocks)
        return try await store.writeAlone { transaction in
            let now = clocks.now
            let before = try storage.load(from: transaction, at: now)
            let epoch = max(before.ring.epoch &+ 1, UInt64(clamping: now.wall.milliseconds))
            let (ring, ended): (SessionRing, Int)
            if keepsSessions {
                let retiring = before.ring.hasEndedOverlap(at: now) ? nil : before.ring.retiring
                ring = SessionRing(epoch: epoch, active: before.ring.active, retiring: retiring)
                ended = 0
                if retiring == nil, let dropped = before.droppedRetiring ?? before.ring.retiring?.kid {
                    try trail.append(
                        AuditEvent(.previousSecretExpired, by: .commandLine, details: [AuditDetail("kid", dropped.text)]), to: transaction)
                }
            } else {
                let secret = try SigningSecret.generate()
                ring = SessionRing(epoch: epoch, active: Key(active: secret.kid, material: secret, createdAt: now.wall))
                ended = try transaction.revokeAll(of: nil, at: now.wall)
            }
            try storage.save(ring, to: transaction)
            let loginsEnded = try users.begin(in: transaction, keepsLogins: keepsSessions, at: now)
            try events.begin(in: transaction, at: now)
            // The password that opened the backup opens what is made of it, even if it was changed while the backup was made.
            try transaction.setState(.masterKey, to: header.masterKey)
            let details =
                AuditRestoration.details(backupCreatedAt: header.description.createdAt, left: left) + [
                    AuditDetail("kid", ring.active.kid.text), AuditDetail("sessionsKept", keepsSessions ? "true" : "false"),
                    AuditDetail("sessionsEnded", Int64(ended)), AuditDetail("loginsEnded", Int64(loginsEnded)),
                ]
            try trail.append(AuditEvent(.backupRestored, by: .commandLine, details: details), to: transaction)
            return Outcome(
                sessionKid: ring.active.kid, sessionsEnded: Int64(ended), loginsEnded: Int64(loginsEnded),
                record: try transaction.auditHead().sequence)
        } committed: { _ in
        }
    }
}
