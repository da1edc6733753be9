import WaiaasCore
import WaiaasHTTP

/// The cookie that carries a refresh token (design 2.5): scripts cannot read it, other sites cannot send it, other paths do not get it.
enum RefreshCookie {
    private static let name = "waiaas_refresh"

    /// How many cookies of the name are read: a page of another path can plant one, no browser sends many.
    private static let most = 4

    /// The refresh tokens in a request's cookies.
    ///
    /// - Throws: `INVALID_REFRESH_TOKEN` if there is none.
    static func tokens(in request: HTTPRequest) throws(Problem) -> [PresentedRefreshToken] {
        var found: [Substring] = []
        let fields = request.headers.values(of: "Cookie")
        for field in fields {
            for pair in field.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, parts[0] == name { found.append(parts[1]) }
            }
        }
        let tokens = found.lazy.compactMap { PresentedRefreshToken(String($0)) }.prefix(most)
        guard !tokens.isEmpty else { throw Problem(.invalidRefreshToken) }
        return Array(tokens)
    }

    /// The field that gives a browser its next token.
    ///
    /// - Parameters:
    ///   - life: until the token ends if it is not used.
    ///   - isSecure: whether the cookie goes over TLS only; false only where the daemon is reached over plain loopback.
    static func setting(_ token: PresentedRefreshToken, life: Duration, isSecure: Bool) -> HTTPResponse.Field {
        field("\(name)=\(token.text)", maxAge: life.secondsRoundedUp, isSecure)
    }

    /// The field that takes the cookie away.
    static func clearing(isSecure: Bool) -> HTTPResponse.Field { field("\(name)=", maxAge: 0, isSecure) }

    private static func field(_ pair: String, maxAge: Int64, _ isSecure: Bool) -> HTTPResponse.Field {
        HTTPResponse.Field(
            "Set-Cookie", "\(pair); Path=/api/auth; Max-Age=\(maxAge); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : ""))
    }
}
