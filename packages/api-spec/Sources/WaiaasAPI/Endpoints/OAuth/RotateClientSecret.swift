import WaiaasCore

/// `POST /v1/clients/{clientId}/rotate-secret`: gives a client a new secret.
public enum RotateClientSecret: Operation {
    /// The path or the query.
    public typealias Parameters = ClientPath
    /// The answer.
    public typealias Output = ClientWithSecret
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/clients/{clientId}/rotate-secret", area: .oauth, authentication: .operator, problems: [.clientNotFound], changes: true,
        summary: "Give a client a new secret",
        text: """
            The secret before stops working at once. The answer holds the new one, which is shown this once.
            """)
}
