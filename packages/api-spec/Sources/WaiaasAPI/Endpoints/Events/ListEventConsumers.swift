import WaiaasCore

/// `GET /v1/events/consumers`: lists the event consumers.
public enum ListEventConsumers: Operation {
    /// The answer.
    public typealias Output = EventConsumerList
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/events/consumers", area: .events, authentication: .operator,
        summary: "List the event consumers",
        text: """
            All of them, by name; no token ever leaves the daemon again.
            """)
}

/// The consumers.
public struct EventConsumerList: Message {
    /// The consumers.
    public let consumers: [EventConsumerState]

    /// From its parts.
    public init(consumers: [EventConsumerState]) {
        self.consumers = consumers
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The event consumers, by name.",
        [
            Field("consumers", \.consumers, "The consumers.", schema: .array(of: EventConsumerState.schema, count: 0...1_000))
        ])
    /// One consumer.
    public static let example = EventConsumerList(consumers: [.example])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        consumers = try object.required("consumers")
    }
}
