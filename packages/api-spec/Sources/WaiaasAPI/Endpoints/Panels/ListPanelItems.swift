import WaiaasCore

/// `GET /api/user/{user_id}/session`: the list in the original's words.
public enum ListPanelItems: Operation {
    /// The path or the query.
    public typealias Parameters = PanelOwnerPath
    /// The answer.
    public typealias Output = PanelItems
    /// The contract.
    public static let endpoint = describe(
        .get, "/api/user/{user_id}/session", area: .panels, authentication: .userToken,
        summary: "List one's own sessions as the original does",
        text: """
            The ids alone. `GET /api/user/{user_id}/sessions` also tells times.
            """)
}

/// The ids of a user's sessions, as the original lists them.
public struct PanelItems: Message {
    /// The ids.
    public let items: [PanelName]

    /// From its parts.
    public init(items: [PanelName]) {
        self.items = items
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The ids of a user's sessions.",
        [Field("items", \.items, "The ids.", schema: .array(of: PanelName.schema, count: 0...10_000))])
    /// One session.
    public static let example = PanelItems(items: [.example])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        items = try object.required("items")
    }
}
