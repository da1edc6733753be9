import WaiaasCore

/// `POST /v1/admin/rotate-secret`: changes the secret that signs session tokens, with no failed request.
public enum RotateSecret: Operation {
    /// The query.
    public typealias Parameters = RotationChoice
    /// The answer.
    public typealias Output = RotationAnswer
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/admin/rotate-secret", area: .admin, authentication: .operator, problems: [.rotationTooRecent], changes: true,
        summary: "Rotate the secret that signs session tokens",
        text: """
            A new secret signs from the answer on; tokens of the one before work for 5 minutes more and can be renewed in that time. \
            With `compromised` both old secrets stop at once and the sessions that this cuts off are counted and listed. \
            With `dry_run` nothing changes and the answer is a RotationPlan.
            """)
}

/// Which form of rotation.
public struct RotationChoice: Message {
    /// Whether the secret has leaked.
    public let compromised: Bool?
    /// Whether to say only what would happen.
    public let dryRun: Bool?

    /// A choice; nil is false.
    public init(compromised: Bool? = nil, dryRun: Bool? = nil) {
        self.compromised = compromised
        self.dryRun = dryRun
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which form of rotation.",
        [
            .optional("compromised", \.compromised, "The secret has leaked: no window, and allowed at any time. Default false."),
            .optional("dry_run", \.dryRun, "Say what would happen and change nothing. Default false."),
        ])
    /// What would happen after a leak.
    public static let example = RotationChoice(compromised: true, dryRun: true)

    /// Reads a choice.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        compromised = try object.optional("compromised")
        dryRun = try object.optional("dry_run")
    }
}
