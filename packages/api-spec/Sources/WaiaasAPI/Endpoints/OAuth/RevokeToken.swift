import WaiaasCore

/// `POST /oauth2/revoke`: revokes a token (RFC 7009).
public enum RevokeToken: Operation {
    /// The request.
    public typealias Input = OAuthTokenQuestion
    /// The answer.
    public typealias Output = NoContent
    /// The contract.
    public static let endpoint = describe(
        .post, "/oauth2/revoke", area: .oauth, authentication: .oauthClientOrNobody, problems: [.refreshTooOften], changes: true,
        refusals: .oauth,
        summary: "Revoke a token",
        text: """
            A refresh token ends its login. An access token ends the login it belongs to; one without a login cannot be revoked and ends by itself. A token that is not known is no fault.
            """)
}
