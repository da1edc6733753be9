import WaiaasCore

/// `POST /api/auth/refresh`: exchanges the refresh token in the cookie.
public enum RefreshUserToken: Operation {
    /// The answer.
    public typealias Output = UserGrant
    /// The contract.
    public static let endpoint = describe(
        .post, "/api/auth/refresh", area: .users, authentication: .refreshCookie,
        problems: [.invalidRefreshToken, .refreshTokenExpired, .refreshReuseDetected, .refreshTooOften], changes: true,
        summary: "Refresh the access token",
        text: """
            Answers a new access token and sets the next refresh token as the cookie. Who asks twice within 30 seconds, because the answer was lost or two windows asked at once, gets the same next token. A token that comes back later ends the login.
            """)
}
