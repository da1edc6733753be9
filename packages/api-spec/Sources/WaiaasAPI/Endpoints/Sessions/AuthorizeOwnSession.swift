public import WaiaasCore

/// `POST /v1/sessions/self/authorize`: asks whether the session may do something, and counts it.
public enum AuthorizeOwnSession: Operation {
    /// The request.
    public typealias Input = AuthorizationQuestion
    /// The answer.
    public typealias Output = AuthorizationAnswer
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/sessions/self/authorize", area: .sessions, authentication: .agentSession,
        problems: [.requestIDReused], changes: true,
        summary: "Ask whether the session may do something",
        text: """
            Checks the session's constraints and, if they allow it, adds to its usage, in one transaction. A constraint about something \
            the request does not say refuses. The same `requestId` within 10 minutes gets the same answer and counts once; with another \
            question it is refused.
            """)
}

/// What a session asks to do.
public struct AuthorizationQuestion: Message {
    /// What kind of thing.
    public let operation: String?
    /// How much it moves.
    public let amount: Amount?
    /// To whom.
    public let destination: String?
    /// Makes a repeat count once.
    public let requestId: String?

    /// A question.
    public init(operation: String? = nil, amount: Amount? = nil, destination: String? = nil, requestId: String? = nil) {
        self.operation = operation
        self.amount = amount
        self.destination = destination
        self.requestId = requestId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a session asks to do.",
        [
            .optional("operation", \.operation, "What kind of thing.", schema: Constraints.operationSchema),
            .optional("amount", \.amount, "How much it moves."),
            .optional("destination", \.destination, "To whom.", schema: Constraints.destinationSchema),
            .optional("requestId", \.requestId, "Makes a repeat within 10 minutes count once.", schema: .string(.name)),
        ])
    /// A transfer.
    public static let example = AuthorizationQuestion(
        operation: "TRANSFER", amount: Amount("1.25"), destination: "treasury", requestId: "order-4711")

    /// Reads a question.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        operation = try object.optional("operation")
        amount = try object.optional("amount")
        destination = try object.optional("destination")
        requestId = try object.optional("requestId")
    }
}

/// Whether a session may.
public struct AuthorizationAnswer: Message {
    /// Whether it may.
    public let allowed: Bool
    /// The first constraint that forbids it.
    public let constraint: ConstraintName?

    /// An answer; it is allowed when no constraint forbids it.
    public init(deniedBy constraint: ConstraintName?) {
        allowed = constraint == nil
        self.constraint = constraint
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Whether a session may do what it asked.",
        [
            Field("allowed", \.allowed, "Whether it may; the usage was counted."),
            .optional("constraint", \.constraint, "The first constraint that forbids it; absent when allowed."),
        ])
    /// A refusal.
    public static let example = AuthorizationAnswer(deniedBy: .maxTotalAmount)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        allowed = try object.required("allowed")
        constraint = try object.optional("constraint")
    }
}
