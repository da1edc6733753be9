extension ProblemCode {
    /// The `error` of RFC 6749 section 5.2 (and RFC 7009 section 2.2.1) that says the same.
    public var oauthError: String {
        switch self {
        case .invalidClient: "invalid_client"
        case .invalidGrant, .invalidRefreshToken, .refreshTokenExpired, .refreshReuseDetected: "invalid_grant"
        case .unauthorizedClient: "unauthorized_client"
        case .unsupportedGrantType: "unsupported_grant_type"
        case _ where status == 503 || status == 429: "temporarily_unavailable"
        case _ where status >= 500: "server_error"
        default: "invalid_request"
        }
    }
}
