import WaiaasCore

/// `GET /api/auth/jwks`: the published keys of user tokens, at their other path.
public enum GetKeySetAPI: Operation {
    /// The answer.
    public typealias Output = KeySetDocument
    /// The contract.
    public static let endpoint = describe(
        .get, "/api/auth/jwks", area: .users, authentication: .anyone,
        summary: "Get the published keys",
        text: """
            The same document as `GET /.well-known/jwks.json`.
            """)
}
