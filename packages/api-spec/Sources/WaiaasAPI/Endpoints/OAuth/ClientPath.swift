public import WaiaasCore

/// The parameter of an endpoint about one client.
public struct ClientPath: Message {
    /// The client's id.
    public let clientId: OAuthClient.ID

    /// From its parts.
    public init(clientId: OAuthClient.ID) {
        self.clientId = clientId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which client.",
        [
            Field("clientId", \.clientId, "The client's id.")
        ])
    /// One client.
    public static let example = ClientPath(clientId: Sample.clientID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        clientId = try object.required("clientId")
    }
}
