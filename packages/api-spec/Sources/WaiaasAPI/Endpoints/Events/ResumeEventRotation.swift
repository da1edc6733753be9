import WaiaasCore

/// `POST /v1/events/rotation/resume`: lets a rotation go on that stands still.
public enum ResumeEventRotation: Operation {
    /// The path or the query.
    public typealias Parameters = EventRotationExcuse
    /// The answer.
    public typealias Output = EventRotationReport
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/rotation/resume", area: .events, authentication: .operator, problems: [.eventRotationNotRunning], changes: true,
        summary: "Resume a rotation",
        text: """
            The deadline begins anew. Whoever is named in `without` is no longer waited for, and the record says so: a consumer that verifies with an older copy of the keys will refuse what the new one signs until it has fetched them.
            """)
}

/// Who is no longer waited for.
public struct EventRotationExcuse: Message {
    /// Names of consumers and targets, between commas.
    public let without: String?

    /// From its parts.
    public init(without: String? = nil) {
        self.without = without
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Who is no longer waited for.",
        [
            .optional("without", \.without, "Names of consumers and targets, between commas.", schema: .string(.text(1...4_096)))
        ])
    /// Two consumers.
    public static let example = EventRotationExcuse(without: "web-1,web-2")

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        without = try object.optional("without")
    }
}
