import WaiaasCore

/// `GET /v1/sessions/{id}`: shows one session.
public enum GetSession: Operation {
    /// The path.
    public typealias Parameters = SessionPath
    /// The answer.
    public typealias Output = SessionSummary
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/sessions/{id}", area: .sessions, authentication: .operator, problems: [.sessionNotFound], summary: "Show a session",
        text: "Never shows the token.")
}
