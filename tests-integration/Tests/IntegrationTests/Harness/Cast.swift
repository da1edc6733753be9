import Testing
import WaiaasAPI
import WaiaasCore

/// Everybody whom the endpoints are about.
struct Cast: Sendable {
    /// An agent's session.
    let grant: Grant
    /// A login of the user `ada`.
    let login: Login
    /// An OAuth client.
    let client: (id: String, secret: String)
    /// The token of an event consumer with every role.
    let consumer: String

    /// The same with another session.
    func with(_ grant: Grant) -> Cast { Cast(grant: grant, login: login, client: client, consumer: consumer) }
}

extension DaemonProcess {
    /// One of each kind.
    func cast() async throws -> Cast { try await cast(around: try await grant(to: "trader")) }

    /// A user and a client to a session.
    func cast(around grant: Grant) async throws -> Cast {
        Cast(
            grant: grant, login: try await login(of: "ada"), client: try await client("dashboard"),
            consumer: try await eventConsumer("web-1"))
    }

    /// Nothing happened since so many records, but that the operator looked and that refusals were counted.
    func expectUnchanged(since records: Int, _ cast: Cast) async throws {
        try await expectUnchanged(since: records, cast.grant)
        #expect(try await identityVerdict(on: cast.login.access) == "200")
        let own = try await network.send(Request("GET", "/api/auth/families", as: cast.login.cookie))
        #expect(own.status == 200, "the refresh token was used, or its login ended: \(own)")
    }

    /// Nothing happened since so many records, but that the operator looked and that refusals were counted.
    func expectUnchanged(since records: Int, _ grant: Grant) async throws {
        let names = Set(try await auditNames().dropFirst(records))
        #expect(names.subtracting(["AUDIT_READ", "AUTH_FAILED", "REQUESTS_REFUSED"]) == [])
        #expect(try await verdict(on: grant.token) == "200 current")
    }
}

extension Request {
    /// A call of an endpoint that lacks nothing but perhaps the right credential.
    static func sample(of endpoint: Endpoint, about cast: Cast, as who: Credential = .nobody) -> Request {
        let path = endpoint.path.path { name in
            switch (name, endpoint.area) {
            case ("userId", _), ("user_id", _): cast.login.user.text
            // The one that the example of the endpoint before has made, if it is public.
            case ("session_id", _): NewPanel.example.sessionId.text
            case ("clientId", _): cast.client.id
            case ("ring", _): RingName.user.rawValue
            case ("kid", _): Tokens.kid(of: cast.login.access) ?? ""
            case (_, .events): "web-1"
            case (_, .agents): cast.grant.agentID.description
            case (_, .users): cast.login.family
            default: cast.grant.sessionID.description
            }
        }
        return Request(
            endpoint.method.rawValue, path, endpoint.input.mediaType.map { [("Content-Type", $0)] } ?? [],
            body: endpoint.hasBody ? endpoint.inputExample : nil, as: who)
    }
}
