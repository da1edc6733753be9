import WaiaasCore

/// `DELETE /api/user/{user_id}/session/{session_id}`: removes a session with a picture.
public enum DeletePanel: Operation {
    /// The path or the query.
    public typealias Parameters = OwnedPanelName
    /// The answer.
    public typealias Output = NoContent
    /// The contract.
    public static let endpoint = describe(
        .delete, "/api/user/{user_id}/session/{session_id}", area: .panels, authentication: .userToken, status: 204,
        problems: [.panelNotFound], changes: true,
        summary: "Remove a session with a picture",
        text: """
            Its streams end. The id can be used again.
            """)
}
