public import WaiaasCore

/// `POST /v1/clients`: adds an OAuth client.
public enum CreateClient: Operation {
    /// The request.
    public typealias Input = NewClient
    /// The answer.
    public typealias Output = ClientWithSecret
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/clients", area: .oauth, authentication: .operator, status: 201, problems: [.clientExists], changes: true,
        summary: "Add an OAuth client",
        text: """
            The answer holds the secret, which is shown this once; only its hash is kept.
            """)
}

/// The request to add a client.
public struct NewClient: Message {
    /// The client's id.
    public let clientId: OAuthClient.ID

    /// From its parts.
    public init(clientId: OAuthClient.ID) {
        self.clientId = clientId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A client to be added.",
        [
            Field("clientId", \.clientId, "The client's id.")
        ])
    /// A client.
    public static let example = NewClient(clientId: Sample.clientID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        clientId = try object.required("clientId")
    }
}

/// A client with its secret.
public struct ClientWithSecret: Message {
    /// The client's id.
    public let clientId: OAuthClient.ID
    /// The secret.
    public let clientSecret: String
    /// When it was added.
    public let createdAt: WallTime
    /// When its secret was last changed.
    public let rotatedAt: WallTime?

    /// From its parts.
    public init(clientId: OAuthClient.ID, clientSecret: String, createdAt: WallTime, rotatedAt: WallTime? = nil) {
        self.clientId = clientId
        self.clientSecret = clientSecret
        self.createdAt = createdAt
        self.rotatedAt = rotatedAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A client with its secret, which is shown this once.",
        [
            Field("clientId", \.clientId, "The client's id."),
            Field("clientSecret", \.clientSecret, "The secret: `wai_oc_` and 256 random bits.", schema: .string(.text(16...128))),
            Field("createdAt", \.createdAt, "When it was added."),
            .optional("rotatedAt", \.rotatedAt, "When its secret was last changed; absent if never."),
        ])
    /// A client.
    public static let example = ClientWithSecret(clientId: Sample.clientID, clientSecret: Sample.clientSecret, createdAt: Sample.time)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        clientId = try object.required("clientId")
        clientSecret = try object.required("clientSecret")
        createdAt = try object.required("createdAt")
        rotatedAt = try object.optional("rotatedAt")
    }
}
