import WaiaasAPI
import WaiaasCore

/// A login of a user: what `POST /api/auth/token` handed over.
struct Login: Sendable {
    let user: UserID
    let access: String
    let refresh: String

    /// The user, by the access token.
    var bearer: Credential { .bearer(token: access) }
    /// The user's browser.
    var cookie: Credential { .cookie(refresh: refresh) }
    /// The login's id: the `sid` of its tokens.
    var family: String { Tokens.claims(of: access)?["sid"]?.string ?? "" }
}

extension DaemonProcess {
    /// The password of every user in these stories.
    var userPassword: String { "canary of a user's password in \(world.folder)" }

    /// A name that must be one.
    func userID(_ name: String) throws -> UserID {
        guard let id = UserID(name) else { throw NotReady(exit: nil, errors: "\(name) is no name") }
        return id
    }

    /// Adds a user.
    func user(_ name: String) async throws {
        let user = NewUser(userId: try userID(name), password: userPassword)
        _ = try await socket.call(CreateUser.self, body: user, as: `operator`)
    }

    /// Signs a user in; the refresh token comes in the body.
    ///
    /// - Parameters:
    ///   - client: the OAuth client that does it, with its secret.
    ///   - life: of the access token, in seconds.
    func signIn(_ name: String, client: (id: String, secret: String)? = nil, life: Int64? = nil) async throws -> Login {
        let user = try userID(name)
        let grant = try await network.call(
            IssueUserToken.self,
            body: WaiaasAPI.Login(
                userId: user, password: userPassword, ttlSeconds: life, refresh: .body, clientId: client.flatMap { OAuthClient.ID($0.id) },
                clientSecret: client?.secret), as: .nobody)
        return Login(user: user, access: grant.token, refresh: grant.refreshToken ?? "")
    }

    /// Signs a user in who is added first.
    func login(of name: String) async throws -> Login {
        try await user(name)
        return try await signIn(name)
    }

    /// The token that an OAuth client has in its own name.
    func ownToken(of client: (id: String, secret: String)) async throws -> String {
        let form = "grant_type=client_credentials&client_id=\(client.id)&client_secret=\(client.secret)"
        let reply = try await network.send(
            Request("POST", "/oauth2/token", [("Content-Type", "application/x-www-form-urlencoded")], body: Array(form.utf8)))
        guard let token = reply.json?["access_token"]?.string else { throw NotReady(exit: nil, errors: "\(reply)") }
        return token
    }

    /// Adds an OAuth client; answers its secret.
    func client(_ name: String) async throws -> (id: String, secret: String) {
        guard let id = OAuthClient.ID(name) else { throw NotReady(exit: nil, errors: "\(name) is no name") }
        return (name, try await socket.call(CreateClient.self, body: NewClient(clientId: id), as: `operator`).clientSecret)
    }

    /// What the daemon says of a user's or a client's token: `200`, `401 INVALID_TOKEN`, …
    func identityVerdict(on token: String) async throws -> String {
        try await network.send(Request("GET", "/api/auth/me", as: .bearer(token: token))).gist
    }

    /// The published keys as they come over the wire.
    func keySet() async throws -> Reply { try await network.send(Request("GET", "/.well-known/jwks.json")) }

    /// Begins a rotation of the user ring; answers the new key's name.
    @discardableResult
    func rotateUserKey(compromised: Bool? = nil) async throws -> KeyID? {
        try await socket.call(RotateKey.self, KeyRotationChoice(ring: .user, compromised: compromised), as: `operator`).kid
    }

    /// The states of the user ring's keys.
    func userKeyStates() async throws -> [KeyStateName] {
        try await socket.call(ListKeys.self, RingPath(ring: .user), as: `operator`).keys.map(\.state)
    }

    /// The daemon's own URL: the issuer of its tokens.
    var url: String { "http://127.0.0.1:\(port)" }
}

extension Request {
    /// A refresh at the OAuth endpoint, by the token alone.
    static func refresh(_ token: String, as who: Credential = .nobody) -> Request {
        form("/oauth2/token", "grant_type=refresh_token&refresh_token=\(token)", as: who)
    }

    /// A request with a form.
    static func form(_ target: String, _ text: String, as who: Credential = .nobody) -> Request {
        Request("POST", target, [("Content-Type", "application/x-www-form-urlencoded")], body: Array(text.utf8), as: who)
    }
}
