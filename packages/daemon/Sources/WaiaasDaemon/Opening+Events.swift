import WaiaasCore
import WaiaasCrypto
import WaiaasEvents

/// How the rooms of events are put together.
extension Opening {
    /// Loads the event keys, and makes the services over them. The first start that finds none makes a key.
    func events(over store: any Store, master: MasterKey, audit: AuditTrail, loadedAt now: Moment) async throws -> EventRooms {
        let key = try master.sealingKey(for: .eventRing)
        let storage = EventStateStorage(key: key)
        let state: EventState
        if let loaded = try await store.read({ try storage.load(from: $0, at: now) }) {
            state = loaded
            log.info("event secret loaded", ["kid": LogValue(state.ring.active.kid)])
        } else {
            state = try await firstEventState(in: store, storage, audit)
        }
        let service = EventService(
            state: state, storage: storage, store: store, audit: audit, clocks: clocks, randomness: randomness, log: log)
        let acknowledgements = EventAcknowledgements()
        let policy = configuration.events
        return EventRooms(
            service: service, consumers: EventConsumerService(events: service, acknowledgements: acknowledgements),
            rotator: EventRotator(
                events: service, acknowledgements: acknowledgements, policy: policy,
                targets: EventTargets.make(policy.targets, clocks: clocks, randomness: randomness), log: log),
            sharedAcknowledgements: SharedAcknowledgements(acknowledgements, of: service, key: key), window: policy.window,
            deadline: policy.ackTimeout)
    }

    private func firstEventState(in store: any Store, _ storage: EventStateStorage, _ audit: AuditTrail) async throws -> EventState {
        let secret = try EventSecret.generate()
        let ring = EventRing(epoch: 0, active: Key(active: secret.kid, material: secret, createdAt: clocks.now.wall))
        let fresh = EventState(ring: ring, rotation: nil, consumers: [])
        let state = try await store.writeAlone { [clocks] transaction in
            // Of daemons that start together on one truth the first makes the key of all.
            if let made = try storage.load(from: transaction, at: clocks.now) { return made }
            try storage.save(fresh, to: transaction)
            try audit.append(
                AuditEvent(.eventKeyMade, by: .system, details: [AuditDetail("kid", secret.kid.text)]), to: transaction)
            return fresh
        } committed: { _ in
        }
        log.info("event secret made", ["kid": LogValue(state.ring.active.kid)])
        return state
    }
}
