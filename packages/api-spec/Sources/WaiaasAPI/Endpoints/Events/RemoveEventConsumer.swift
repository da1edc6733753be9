public import WaiaasCore

/// `DELETE /v1/events/consumers/{name}`: removes an event consumer.
public enum RemoveEventConsumer: Operation {
    /// The path or the query.
    public typealias Parameters = EventConsumerPath
    /// The answer.
    public typealias Output = NoContent
    /// The contract.
    public static let endpoint = describe(
        .delete, "/v1/events/consumers/{name}", area: .events, authentication: .operator, status: 204, problems: [.eventConsumerNotFound],
        changes: true,
        summary: "Remove an event consumer",
        text: """
            Its token stops working at once, and no rotation waits for it. Keys that it has fetched it still has: rotate if it is not trusted.
            """)
}

/// Which consumer.
public struct EventConsumerPath: Message {
    /// Its name.
    public let name: EventConsumer.Name

    /// From its parts.
    public init(name: EventConsumer.Name) {
        self.name = name
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which consumer.",
        [
            Field("name", \.name, "Its name.")
        ])
    /// One consumer.
    public static let example = EventConsumerPath(name: Sample.consumer)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
    }
}
