import WaiaasCore
import WaiaasCrypto

/// Keeps the key pairs that sign user tokens (design 2.1, "User ring").
///
/// Readers take one immutable snapshot. A rotation publishes the next key, waits until nobody can hold an older copy of the key set, and
/// only then signs with it; the story is `UserKeyService+Rotation.swift`.
final class UserKeyService: Sendable {
    /// What is read on every token: the ring, and the document made of it.
    struct Published: Sendable {
        let ring: UserRing
        let keySet: JWKSet

        init(_ ring: UserRing) {
            self.ring = ring
            keySet = JWKSet(of: ring)
        }
    }

    /// How much longer than the key set's `max-age` a key is known before it signs: clocks and fetches take time.
    static let margin = Duration.seconds(30)

    let snapshot: Snapshot<Published>
    let storage: UserRingStorage
    let store: any Store
    let audit: AuditTrail
    let familyless: FamilylessTokens
    let policy: Policy
    let clocks: Clocks
    let log: Log
    /// Key pairs are made on a thread of their own: RSA takes its time.
    private let maker = WorkQueue(name: "waiaas.keys", places: 4)

    /// What is set about the ring.
    struct Policy: Sendable {
        /// What new keys are made for.
        let algorithm: UserKeyAlgorithm
        /// How long others may keep a copy of the key set.
        let age: KeySetAge
        /// The longest life of a token.
        let longestLife: Duration
        /// How often a rotation begins by itself; nil for never.
        let rotateEvery: Duration?
        /// Whether other daemons sign with the ring too: what they signed without a family nobody here knows.
        var isShared = false

        /// How long a key that is published now is known before it signs.
        func staging(at now: WallTime) -> Duration { age.held(at: now) + UserKeyService.margin }
    }

    init(
        ring: UserRing, storage: UserRingStorage, store: any Store, audit: AuditTrail, policy: Policy, clocks: Clocks, log: Log
    ) {
        snapshot = Snapshot(Published(ring))
        self.storage = storage
        self.store = store
        self.audit = audit
        self.policy = policy
        self.clocks = clocks
        self.log = log
        familyless = FamilylessTokens(since: clocks.now.wall)
    }

    /// Takes over what another daemon made of the ring. In the store's writer.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)``; the ring stays as it was.
    func takeOver(from store: any StateReading) throws {
        guard let loaded = try storage.load(from: store, at: clocks.now)?.ring else { return }
        let before = ring.active.kid
        snapshot.replace(with: Published(loaded))
        guard loaded.active.kid != before else { return }
        log.info("user key taken over from another daemon", ["kid": LogValue(loaded.active.kid)])
    }

    /// The ring now.
    var ring: UserRing { snapshot.current.ring }

    /// The published keys now.
    var keySet: JWKSet { snapshot.current.keySet }

    /// A fresh pair, made where it keeps nobody waiting.
    func freshKey() async throws -> UserKey {
        try await maker.run { [policy] in try UserKey(try UserKeyPair.generate(policy.algorithm)) }
    }
}
