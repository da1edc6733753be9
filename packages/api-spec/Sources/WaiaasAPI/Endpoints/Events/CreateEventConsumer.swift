public import WaiaasCore

/// `POST /v1/events/consumers`: adds an event consumer.
public enum CreateEventConsumer: Operation {
    /// The request.
    public typealias Input = NewEventConsumer
    /// The answer.
    public typealias Output = EventConsumerWithToken
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/consumers", area: .events, authentication: .operator, status: 201, problems: [.eventConsumerExists],
        changes: true,
        summary: "Add an event consumer",
        text: """
            The answer holds the token, which is shown this once; only its hash is kept. A consumer with the role `keys` counts in every rotation that begins after it was added.
            """)
}

/// The request to add a consumer.
public struct NewEventConsumer: Message {
    /// Its name.
    public let name: EventConsumer.Name
    /// What it may do.
    public let roles: [EventRole]

    /// From its parts.
    public init(name: EventConsumer.Name, roles: [EventRole]) {
        self.name = name
        self.roles = roles
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A consumer to be added.",
        [
            Field("name", \.name, "Its name."),
            Field("roles", \.roles, "What it may do.", schema: .array(of: EventRole.schema, count: 1...3)),
        ])
    /// A consumer that verifies by itself.
    public static let example = NewEventConsumer(name: Sample.consumer, roles: [.keys])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
        roles = try object.required("roles")
    }
}

/// A consumer with its token.
public struct EventConsumerWithToken: Message {
    /// Its name.
    public let name: EventConsumer.Name
    /// What it may do.
    public let roles: [EventRole]
    /// The token: `wai_evt_` and 256 random bits.
    public let token: String
    /// When it was added.
    public let createdAt: WallTime

    /// From its parts.
    public init(name: EventConsumer.Name, roles: [EventRole], token: String, createdAt: WallTime) {
        self.name = name
        self.roles = roles
        self.token = token
        self.createdAt = createdAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A consumer with its token, which is shown this once.",
        [
            Field("name", \.name, "Its name."),
            Field("roles", \.roles, "What it may do.", schema: .array(of: EventRole.schema, count: 1...3)),
            Field("token", \.token, "The token: `wai_evt_` and 256 random bits.", schema: .string(.text(16...128))),
            Field("createdAt", \.createdAt, "When it was added."),
        ])
    /// A consumer.
    public static let example = EventConsumerWithToken(
        name: Sample.consumer, roles: [.keys], token: Sample.eventToken, createdAt: Sample.time)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
        roles = try object.required("roles")
        token = try object.required("token")
        createdAt = try object.required("createdAt")
    }
}
