import WaiaasCore
import WaiaasCrypto

/// Keeps the secret that signs session tokens: `current`, and for five minutes after a rotation `previous` (seed 000).
///
/// Readers take ``ring``, one immutable snapshot. Changes run alone in the store's writer, and the snapshot is swapped after the
/// durable commit and before the answer: after a rotation has answered, no token of the secret before is made.
/// The story of a rotation is `JwtSecretManager+Rotation.swift`.
final class JwtSecretManager: Sendable {
    /// How long the secret before goes on verifying: fixed, by seed 000 (its `TRANSITION_WINDOW`).
    static let policy = RotationPolicy.session

    let snapshot: RingSnapshot
    let storage: SessionRingStorage
    let store: any Store
    let audit: AuditTrail
    let sessions: SessionTable
    let stranded: StrandedSessions
    let clocks: Clocks
    let log: Log
    /// Ordinary rotations of this process.
    let rotations = Counter()
    /// Rotations after a leak.
    let cuts = Counter()

    init(
        ring: SessionRing, storage: SessionRingStorage, store: any Store, audit: AuditTrail, sessions: SessionTable, clocks: Clocks,
        log: Log
    ) {
        snapshot = RingSnapshot(ring)
        self.storage = storage
        self.store = store
        self.audit = audit
        self.sessions = sessions
        stranded = StrandedSessions(table: sessions, store: store, audit: audit, clocks: clocks)
        self.clocks = clocks
        self.log = log
    }

    /// The ring now.
    var ring: SessionRing { snapshot.current }

    /// Takes over what another daemon made of the ring. In the store's writer.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)``; the ring stays as it was.
    func takeOver(from store: any StateReading) throws {
        let (before, loaded) = (ring.active.kid, try storage.load(from: store, at: clocks.now).ring)
        snapshot.replace(with: loaded)
        guard loaded.active.kid != before else { return }
        log.info("session secret taken over from another daemon", ["kid": LogValue(loaded.active.kid)])
    }

    /// The secret that signs.
    var current: SessionKey { ring.active }

    /// The secret before, while its window lasts.
    var previous: SessionKey? {
        let ring = ring
        return ring.hasEndedOverlap(at: clocks.now) ? nil : ring.retiring
    }

    /// When the window in force began; nil when there is none.
    var rotatedAt: WallTime? { previous?.overlap?.startedAt }
}
