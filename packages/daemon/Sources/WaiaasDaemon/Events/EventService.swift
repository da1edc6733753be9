import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasEvents

/// Keeps the event secret: signs, verifies, hands the keys to their consumers, and changes the whole by one transaction at a time (design 2.6).
///
/// Readers take one immutable snapshot. The story of a rotation is `EventService+Rotation.swift`; who drives it is ``EventRotator``.
final class EventService: Sendable {
    private let snapshot: Snapshot<EventState>
    private let storage: EventStateStorage
    private let store: any Store
    private let audit: AuditTrail
    private let log: Log
    let clocks: Clocks
    let randomness: Randomness
    /// How often events were signed and verified.
    let tally = EventTally()

    init(
        state: EventState, storage: EventStateStorage, store: any Store, audit: AuditTrail, clocks: Clocks, randomness: Randomness, log: Log
    ) {
        snapshot = Snapshot(state)
        self.storage = storage
        self.store = store
        self.audit = audit
        self.clocks = clocks
        self.randomness = randomness
        self.log = log
    }

    /// Everything as it is now.
    var state: EventState { snapshot.current }

    /// Takes over what another daemon made of it. In the store's writer.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)``; it stays as it was.
    func takeOver(from store: any StateReading) throws {
        let before = state.ring
        guard let loaded = try storage.load(from: store, at: clocks.now) else { return }
        snapshot.replace(with: loaded)
        guard loaded.ring.active.kid != before.active.kid else { return }
        log.info(
            "Reloaded spiral event secret", ["oldKid": LogValue(before.active.kid), "newKid": LogValue(loaded.ring.active.kid)])
    }

    /// Signs an event.
    ///
    /// - Parameter id: the event's name; nil for a fresh one.
    /// - Throws: `VALIDATION_ERROR` for a name with a full stop.
    func sign(_ body: [UInt8], id: String?, as format: EventFormat) throws(Problem) -> EventSignature {
        let ring = try signingRing()
        defer { tally.signed.add() }
        switch format {
        case .legacyHex: return EventSignature(format: format, kid: ring.active.kid, signature: ring.signLegacy(body))
        case .standard:
            let id = id ?? "evt_\(Identifier<SignedEvent>(at: clocks.now.wall, randomness: randomness))"
            guard let signed = ring.sign(body, id: id, at: clocks.now) else {
                throw .validation([
                    SchemaIssue(
                        path: "$.id", code: .format, message: "must be printable ASCII without space and full stop",
                        expected: "1 to 256 printable ASCII characters without space and full stop", received: "another text")
                ])
            }
            return EventSignature(
                format: format, kid: ring.active.kid, id: signed.id, timestamp: String(signed.timestamp), signature: signed.signature)
        }
    }

    /// The keys, to sign with or to hand out.
    ///
    /// - Throws: `EVENT_KEYS_RESTORED` while they come from a backup and nobody knows yet whether they are still in use.
    func signingRing() throws(Problem) -> EventRing {
        let state = state
        if state.isRestored { throw Problem(.eventKeysRestored) }
        return state.ring
    }

    /// Verifies an event.
    func verify(_ body: [UInt8], _ event: EventToVerify) -> EventVerification {
        let ring = state.ring
        let verdict =
            switch event.format ?? .standard {
            case .legacyHex: ring.verifyLegacy(body, signature: event.signature, at: clocks.now)
            case .standard:
                ring.verify(
                    body, id: event.id ?? "", timestamp: event.timestamp ?? "", signature: event.signature, at: clocks.now)
            }
        switch verdict {
        case .valid(let kid):
            tally.accepted.add()
            return EventVerification(valid: true, kid: kid)
        case .refused(let refusal):
            tally.refused.add()
            return EventVerification(valid: false, reason: EventRefusalReason(rawValue: refusal.rawValue))
        }
    }

    /// One change of the whole: alone in the writer, compared by epoch, sealed anew, recorded; the snapshot after the commit.
    ///
    /// - Parameter change: returns the next state, or the same one (nil) if there is nothing to change.
    @discardableResult
    func change(
        _ change: @escaping @Sendable (EventState) throws -> (next: EventState, events: [AuditEvent])?
    ) async throws -> EventState {
        let before = state.ring.active.kid
        let state = try await store.writeAlone { [self] transaction in
            let state = snapshot.current
            guard try storage.epoch(in: transaction) == state.ring.epoch else { throw StoreError.foreignWriter }
            guard let made = try change(state) else { return state }
            let next = made.next.following(state)
            try storage.save(next, to: transaction)
            for event in made.events { try audit.append(event, to: transaction) }
            return next
        } committed: { [snapshot] state in
            snapshot.replace(with: state)
        }
        if state.ring.active.kid != before {
            log.info("Reloaded spiral event secret", ["oldKid": LogValue(before), "newKid": LogValue(state.ring.active.kid)])
        }
        return state
    }

    /// Writes records that belong to no change.
    func record(_ events: [AuditEvent]) async throws {
        try await store.write { [audit] transaction in
            for event in events { try audit.append(event, to: transaction) }
        } committed: { _ in
        }
    }
}

/// How often events were signed and verified.
struct EventTally: Sendable {
    let signed = Counter()
    let accepted = Counter()
    let refused = Counter()
}
