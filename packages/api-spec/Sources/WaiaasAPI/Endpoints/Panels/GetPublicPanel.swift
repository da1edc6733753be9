import WaiaasCore

/// `GET /api/session/{session_id}`: shows what a public session is drawn from.
public enum GetPublicPanel: Operation {
    /// The path or the query.
    public typealias Parameters = PublicPanelPath
    /// The answer.
    public typealias Output = PanelContents
    /// The contract.
    public static let endpoint = describe(
        .get, "/api/session/{session_id}", area: .panels, authentication: .anyone, problems: [.panelNotFound, .publicSessionsClosed],
        refusals: .withError, isOpenToAllOrigins: true,
        summary: "Show a public session",
        text: """
            Template and arguments as they came; the picture is at `/stream/{session_id}`.
            """)
}
