public import WaiaasCore

/// `GET /v1/clients`: lists the OAuth clients.
public enum ListClients: Operation {
    /// The answer.
    public typealias Output = ClientList
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/clients", area: .oauth, authentication: .operator,
        summary: "List the OAuth clients",
        text: """
            All of them, by id; no secret ever leaves the daemon again.
            """)
}

/// A client as the API shows it.
public struct ClientSummary: Message {
    /// The client's id.
    public let clientId: OAuthClient.ID
    /// When it was added.
    public let createdAt: WallTime
    /// When its secret was last changed.
    public let rotatedAt: WallTime?

    /// From its parts.
    public init(clientId: OAuthClient.ID, createdAt: WallTime, rotatedAt: WallTime? = nil) {
        self.clientId = clientId
        self.createdAt = createdAt
        self.rotatedAt = rotatedAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "An OAuth client.",
        [
            Field("clientId", \.clientId, "The client's id."),
            Field("createdAt", \.createdAt, "When it was added."),
            .optional("rotatedAt", \.rotatedAt, "When its secret was last changed; absent if never."),
        ])
    /// A client.
    public static let example = ClientSummary(clientId: Sample.clientID, createdAt: Sample.time)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        clientId = try object.required("clientId")
        createdAt = try object.required("createdAt")
        rotatedAt = try object.optional("rotatedAt")
    }
}

/// The clients.
public struct ClientList: Message {
    /// The clients.
    public let clients: [ClientSummary]

    /// From its parts.
    public init(clients: [ClientSummary]) {
        self.clients = clients
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The OAuth clients, by id.",
        [
            Field("clients", \.clients, "The clients.", schema: .array(of: ClientSummary.schema, count: 0...10_000))
        ])
    /// One client.
    public static let example = ClientList(clients: [.example])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        clients = try object.required("clients")
    }
}
