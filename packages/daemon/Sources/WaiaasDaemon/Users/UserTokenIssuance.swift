import WaiaasCore

/// Tells and counts which user tokens were issued.
struct UserTokenIssuance: Sendable {
    /// Tokens of users.
    let users = Counter()
    /// Tokens that clients have in their own name.
    let clients = Counter()
    private let log: Log

    init(log: Log) { self.log = log }

    /// Notes a token that was signed.
    func note(_ claims: UserToken, signedBy kid: KeyID) {
        (claims.isOfClient ? clients : users).add()
        log.info(
            "user token issued",
            [
                "subject": LogValue(claims.subject), "kid": LogValue(kid), "login": LogValue(claims.family?.description ?? "none"),
                "seconds": LogValue(claims.lifeInSeconds),
            ])
    }
}
