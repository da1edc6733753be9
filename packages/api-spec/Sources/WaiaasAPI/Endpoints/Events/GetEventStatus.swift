public import WaiaasCore

/// `GET /v1/events/status`: is the event secret loaded everywhere?
public enum GetEventStatus: Operation {
    /// The answer.
    public typealias Output = EventStatus
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/events/status", area: .events, authentication: .operator,
        summary: "Get the state of the event secret",
        text: """
            The keys, the rotation that runs or ran last, every consumer with what it has loaded, every target with whether it holds what it should.
            """)
}

/// A key of the event ring.
public struct EventKeySummary: Message {
    /// Its name: a fingerprint that tells nothing of the key.
    public let kid: KeyID
    /// Where it stands in its life.
    public let state: KeyStateName
    /// When it was made or imported.
    public let createdAt: WallTime?
    /// When it stops verifying.
    public let verifiesUntil: WallTime?

    /// From its parts.
    public init(kid: KeyID, state: KeyStateName, createdAt: WallTime? = nil, verifiesUntil: WallTime? = nil) {
        self.kid = kid
        self.state = state
        self.createdAt = createdAt
        self.verifiesUntil = verifiesUntil
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A key of the event ring: its public facts.",
        [
            Field("kid", \.kid, "Its name: a fingerprint that tells nothing of the key."),
            Field("state", \.state, "Where it stands in its life."),
            .optional("createdAt", \.createdAt, "When it was made or imported; absent if that is not known."),
            .optional("verifiesUntil", \.verifiesUntil, "When it stops verifying; of a retiring key."),
        ])
    /// The key that signs.
    public static let example = EventKeySummary(kid: Sample.kid, state: .active, createdAt: Sample.time)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        kid = try object.required("kid")
        state = try object.required("state")
        createdAt = try object.optional("createdAt")
        verifiesUntil = try object.optional("verifiesUntil")
    }
}

/// A consumer and what it has loaded.
public struct EventConsumerState: Message {
    /// Its name.
    public let name: EventConsumer.Name
    /// What it may do.
    public let roles: [EventRole]
    /// The kids it holds, the one it signs with first.
    public let loaded: [KeyID]?
    /// When it last said so.
    public let seenAt: WallTime?
    /// Whether it holds every key that verifies and signs with the right one.
    public let isCurrent: Bool?

    /// From its parts.
    public init(name: EventConsumer.Name, roles: [EventRole], loaded: [KeyID]? = nil, seenAt: WallTime? = nil, isCurrent: Bool? = nil) {
        self.name = name
        self.roles = roles
        self.loaded = loaded
        self.seenAt = seenAt
        self.isCurrent = isCurrent
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A consumer, and what it last said of itself.",
        [
            Field("name", \.name, "Its name."),
            Field("roles", \.roles, "What it may do.", schema: .array(of: EventRole.schema, count: 1...3)),
            .optional(
                "loaded", \.loaded, "The kids it holds, the one it signs with first; absent until it has said so.",
                schema: .array(of: KeyID.schema, count: 0...16)),
            .optional("seenAt", \.seenAt, "When it last said so; absent since the daemon started."),
            .optional(
                "isCurrent", \.isCurrent, "Whether it holds every key that verifies and signs with the right one; for the role `keys`."),
        ])
    /// A consumer that follows.
    public static let example = EventConsumerState(
        name: Sample.consumer, roles: [.keys], loaded: [Sample.kid], seenAt: Sample.time, isCurrent: true)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
        roles = try object.required("roles")
        loaded = try object.optional("loaded")
        seenAt = try object.optional("seenAt")
        isCurrent = try object.optional("isCurrent")
    }
}

/// The state of the event secret.
public struct EventStatus: Message {
    /// Its keys: the one that signs first.
    public let keys: [EventKeySummary]
    /// The rotation that runs, or the last one.
    public let rotation: EventRotationReport?
    /// The consumers, by name.
    public let consumers: [EventConsumerState]
    /// The targets, in the order of the configuration.
    public let targets: [EventTargetState]
    /// When the schedule rotates next.
    public let nextRotationAt: WallTime?
    /// Why nothing is signed.
    public let silence: String?

    /// From its parts.
    public init(
        keys: [EventKeySummary], rotation: EventRotationReport? = nil, consumers: [EventConsumerState], targets: [EventTargetState],
        nextRotationAt: WallTime? = nil, silence: String? = nil
    ) {
        self.keys = keys
        self.rotation = rotation
        self.consumers = consumers
        self.targets = targets
        self.nextRotationAt = nextRotationAt
        self.silence = silence
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The state of the event secret.",
        [
            Field("keys", \.keys, "Its keys: the one that signs first.", schema: .array(of: EventKeySummary.schema, count: 1...100)),
            .optional("rotation", \.rotation, "The rotation that runs, or the last one; absent if there was none."),
            Field("consumers", \.consumers, "The consumers, by name.", schema: .array(of: EventConsumerState.schema, count: 0...1_000)),
            Field(
                "targets", \.targets, "The targets, in the order of the configuration.",
                schema: .array(of: EventTargetState.schema, count: 0...100)),
            .optional("nextRotationAt", \.nextRotationAt, "When the schedule rotates next; absent without one."),
            .optional(
                "silence", \.silence,
                "Why nothing is signed: after a restore, until every target is found to use the key of the backup. Absent while events are signed."
            ),
        ])
    /// All in order.
    public static let example = EventStatus(
        keys: [.example], rotation: .example, consumers: [.example], targets: [.example], nextRotationAt: Sample.nextMonth)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        keys = try object.required("keys")
        rotation = try object.optional("rotation")
        consumers = try object.required("consumers")
        targets = try object.required("targets")
        nextRotationAt = try object.optional("nextRotationAt")
        silence = try object.optional("silence")
    }
}
