/// `GET /session/{user_id}/{session_id}`: the page of a user's panel.
public enum GetPanelPage: Operation {
    /// The path or the query.
    public typealias Parameters = PagePath
    /// The answer.
    public typealias Output = PageDocument
    /// The contract.
    public static let endpoint = describe(
        .get, "/session/{user_id}/{session_id}", area: .pages, authentication: .anyone, summary: "Open a user's panel in the page",
        text: "The same document as at `/`; its script shows the panel, and its owner may change it.")
}
