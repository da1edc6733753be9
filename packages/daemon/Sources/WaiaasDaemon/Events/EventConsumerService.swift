import WaiaasCore
import WaiaasCrypto

/// The stories of an event consumer: added, let in, removed. What they have loaded is in ``EventAcknowledgements``.
struct EventConsumerService: Sendable {
    /// The most consumers there may be: each is asked about at every step of a rotation.
    static let limit = 1_000

    let events: EventService
    let acknowledgements: EventAcknowledgements

    /// Adds a consumer.
    ///
    /// - Returns: the consumer with its token, which is shown once.
    /// - Throws: `EVENT_CONSUMER_EXISTS`; `VALIDATION_ERROR` for one more than there may be.
    func add(_ name: EventConsumer.Name, roles: Set<EventRole>, for caller: Caller) async throws -> (EventConsumer, EventToken) {
        let token = try EventToken.fresh()
        let consumer = EventConsumer(name: name, roles: roles, tokenHash: token.hash, createdAt: events.clocks.now.wall)
        try await events.change { state in
            guard !state.consumers.contains(where: { $0.name == name }) else { throw Problem(.eventConsumerExists) }
            guard state.consumers.count < Self.limit else {
                throw Problem(.validationError, message: "There are \(Self.limit) consumers; remove one first.")
            }
            var next = state
            next.consumers = (state.consumers + [consumer]).sorted { $0.name < $1.name }
            let roles = roles.sorted().map(\.rawValue).joined(separator: ",")
            let details = [AuditDetail("consumer", name.text), AuditDetail("roles", roles)]
            return (next, [AuditEvent(.eventConsumerAdded, by: caller.actor, requestID: caller.requestID, details: details)])
        }
        return (consumer, token)
    }

    /// Removes a consumer.
    ///
    /// - Throws: `EVENT_CONSUMER_NOT_FOUND`.
    func remove(_ name: EventConsumer.Name, for caller: Caller) async throws {
        try await events.change { state in
            guard state.consumers.contains(where: { $0.name == name }) else { throw Problem(.eventConsumerNotFound) }
            var next = state
            next.consumers.removeAll { $0.name == name }
            let details = [AuditDetail("consumer", name.text)]
            return (next, [AuditEvent(.eventConsumerRemoved, by: caller.actor, requestID: caller.requestID, details: details)])
        }
        acknowledgements.forget(name)
    }

    /// The consumer whose token this is. Memory only.
    ///
    /// - Throws: `INVALID_TOKEN`, `EVENT_ROLE_MISSING`.
    func consumer(bearing token: ArraySlice<UInt8>, as role: EventRole) throws(Problem) -> EventConsumer {
        guard token.starts(with: EventToken.prefix.utf8) else { throw Problem(.invalidToken) }
        let hash = SHA256.digest(Array(token))
        // Digests: where they differ tells nothing about a token.
        guard let consumer = events.state.consumers.first(where: { $0.tokenHash == hash }) else { throw Problem(.invalidToken) }
        guard consumer.roles.contains(role) else { throw Problem(.eventRoleMissing) }
        return consumer
    }
}
