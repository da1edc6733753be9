import WaiaasCore

/// `DELETE /v1/clients/{clientId}`: removes a client.
public enum RemoveClient: Operation {
    /// The path or the query.
    public typealias Parameters = ClientPath
    /// The answer.
    public typealias Output = NoContent
    /// The contract.
    public static let endpoint = describe(
        .delete, "/v1/clients/{clientId}", area: .oauth, authentication: .operator, status: 204, problems: [.clientNotFound], changes: true,
        summary: "Remove an OAuth client",
        text: """
            The logins that were born of it end, and their access tokens are refused here at once.
            """)
}
