/// `GET /session/{session_id}`: the page of a public panel.
public enum GetPublicPanelPage: Operation {
    /// The path or the query.
    public typealias Parameters = PublicPagePath
    /// The answer.
    public typealias Output = PageDocument
    /// The contract.
    public static let endpoint = describe(
        .get, "/session/{session_id}", area: .pages, authentication: .anyone, summary: "Open a public panel in the page",
        text: "The same document as at `/`; its script shows the panel.")
}
