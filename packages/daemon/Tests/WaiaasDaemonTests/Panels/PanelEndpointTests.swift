import Testing
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct PanelEndpointTests {
    let house: House
    let ada: User
    let token: [UInt8]

    static let made = #"{"session_id":"build","template":"\#(House.box.replacing("\"", with: "\\\""))","args":{"color":"red"}}"#
    static let own = "/api/user/ada/session"
    static let one = "/api/user/ada/session/build"

    init() async throws {
        house = try await House()
        ada = try await house.user("ada")
        token = try await house.login(of: ada, life: 900).access
    }

    private func ask(
        _ method: String, _ path: String, _ body: String = "", token: [UInt8]? = nil, type: String? = "application/json"
    ) async -> HTTPResponse {
        let credential = (token ?? self.token).isEmpty ? [] : House.bearing(token ?? self.token)
        let fields = body.isEmpty ? [] : type.map { [("Content-Type", $0)] } ?? []
        return await house.ask(method, path, credential + fields, body: body)
    }

    @Test func `the stories of a session: 201, 200, 204, 204, and 409 and 404 where they belong`() async throws {
        let made = await ask("POST", Self.own, Self.made)
        #expect(made.status == 201)
        #expect(String(decoding: made.body, as: UTF8.self) == #"{"user_id":"ada","session_id":"build"}"#)
        #expect(await ask("POST", Self.own, Self.made).code == "USER_SESSION_EXISTS")
        #expect(await ask("PUT", Self.one, #"{"args":{"color":"green"}}"#).status == 204)
        let shown = await ask("GET", Self.one)
        #expect(shown.status == 200)
        #expect(String(decoding: shown.body, as: UTF8.self).hasSuffix(#""args":{"color":"green"}}"#))
        let list = await ask("GET", Self.own + "s")
        #expect(
            String(decoding: list.body, as: UTF8.self)
                == #"{"sessions":[{"session_id":"build","created_at":"2027-01-15T08:00:00.000Z","ttl":3600}]}"#)
        #expect(String(decoding: await ask("GET", Self.own).body, as: UTF8.self) == #"{"items":[{"session_id":"build"}]}"#)
        #expect(await ask("DELETE", Self.one).status == 204)
        for method in ["GET", "DELETE"] { #expect(await ask(method, Self.one).status == 404) }
        #expect(await ask("PUT", Self.one, #"{"args":{}}"#).status == 404)
    }

    /// Each request breaks everything from one check on; the first of the broken ones answers.
    @Test func `token before owner before body before existence`() async throws {
        let bob = "/api/user/bob/session/none"
        #expect(await ask("PUT", bob, "{", token: Array("x".utf8)).status == 401)
        #expect(await ask("PUT", bob, "{").status == 403)
        #expect(await ask("PUT", bob, "{", type: nil).status == 403)
        #expect(await ask("PUT", "/api/user/%2e%2e/session/a%2fb", "{").status == 403)
        #expect(await ask("PUT", "/api/user/ada/session/none", "{", type: nil).status == 415)
        #expect(await ask("PUT", "/api/user/ada/session/none", "{").status == 400)
        #expect(await ask("PUT", "/api/user/ada/session/none", "{}").status == 400)
        #expect(await ask("PUT", "/api/user/ada/session/none", #"{"args":{}}"#).status == 404)
        #expect(await ask("POST", "/api/user/bob/session", Self.made).status == 403)
        _ = await ask("POST", Self.own, Self.made)
        #expect(await ask("POST", Self.own, Self.made.replacing("{{ color }}", with: "{{ color")).status == 422)
        #expect(await ask("POST", Self.own, Self.made).status == 409)
    }

    @Test func `an update is refused without a token, with an expired one, another user's, an agent's, a client's, and by public ids`()
        async throws
    {
        let key = try await house.panel(of: ada)
        let bob = try await house.login(of: try await house.user("bob")).access
        let agent = try await house.issue(to: try await house.agent())
        // A client of the user's very name, with a token in its own.
        let client = try #require(OAuthClient.ID("ada"))
        try await house.plant(client)
        let own = try await house.refresh.access(for: client).signed()
        let change = #"{"args":{"color":"green"}}"#
        for (refused, status) in [([], 401), (Array(agent.token), 401), (bob, 403), (own, 403)] as [([UInt8], Int)] {
            for (method, body) in [("PUT", change), ("DELETE", ""), ("GET", "")] {
                #expect(await ask(method, Self.one, body, token: refused).status == status)
            }
            #expect(await ask("GET", Self.own + "s", token: refused).status == status)
            #expect(await ask("POST", Self.own, Self.made, token: refused).status == status)
        }
        for id in Self.crafted {
            let status = await house.ask("PUT", "/api/session/\(id)", House.json, body: change).status
            #expect([400, 404].contains(status), "\(id)")
            #expect([400, 404].contains(await house.ask("GET", "/api/session/\(id)").status), "\(id)")
        }
        house.clock.advance(by: .seconds(906))
        #expect(await ask("PUT", Self.one, change).code == "TOKEN_EXPIRED")
        #expect(try await house.shows(key, "red"))
    }

    /// Ids that try to leave the public ones for `ada`'s `build`.
    static let crafted = [
        "build", "ada/build", "ada%2Fbuild", "ada%2fbuild", "ada%252fbuild", "ada:build", "ada%3Abuild", "user:ada:session:build",
        "user%3Aada%3Asession%3Abuild", "..%2Fuser%2Fada%2Fsession%2Fbuild", "../user/ada/session/build", "%2e%2e/user/ada/session/build",
        "*", "%2A", "ada*", "ada%3F", "%5Bab%5D", "ada%00build", "ada%7Cbuild", "ada%5Cbuild", "ada%0Abuild", "ada%20build", "ada.build",
        "ada%C0%AFbuild", "%EF%BC%8F", "ada%E2%88%95build", "ada%2Cbuild", "ada;build", "ada%27--", "",
    ]

    @Test func `a fault of the template is 422 with its line and column, at create and at update, and changes nothing`() async throws {
        let broken = Self.made.replacing("{{ color }}", with: "{{ color | nothing }}")
        let refused = await ask("POST", Self.own, broken)
        #expect(refused.status == 422 && refused.code == "TEMPLATE_REFUSED")
        let details = try JSONDocument(scanning: refused.body).root.member("details")
        #expect(details?.member("line")?.integer == 1)
        #expect((details?.member("column")?.integer ?? 0) > 40)
        #expect(await ask("GET", Self.one).status == 404)
        _ = await ask("POST", Self.own, Self.made)
        #expect(await ask("PUT", Self.one, #"{"args":{}}"#).status == 422, "the argument is missing")
        #expect(await ask("PUT", Self.one, #"{"template":"<script/>"}"#).status == 422)
        #expect(try await house.shows(.user(ada.id, try #require(PanelID("build"))), "red"))
    }

    @Test(arguments: [
        #"{"template":"<svg/>"}"#, #"{"session_id":"a b","template":"x"}"#, #"{"session_id":"a","template":""}"#,
        #"{"session_id":"a","template":"x","args":[]}"#, #"{"session_id":"a","template":"x","args":{},"args":{}}"#,
        #"{"session_id":"a","template":"x","ttl_seconds":0}"#, #"{"session_id":"a","template":"x","ttl_seconds":31622401}"#,
        #"{"session_id":"a","template":"x","ttl_seconds":1.5}"#, #"{"session_id":"a","template":"x","ttl_seconds":9,"expire_seconds":8}"#,
        #"{"session_id":"a","template":"x","owner":"bob"}"#, "[]", "{", "\u{feff}{}",
    ])
    func `a body that does not fit is 400`(body: String) async {
        let refused = await ask("POST", Self.own, body)
        #expect(refused.status == 400)
        #expect(refused.code == "VALIDATION_ERROR")
    }

    @Test func `the life can be said under both names`() async throws {
        for (index, names) in [#""ttl_seconds":60"#, #""expire_seconds":60"#, #""ttl_seconds":60,"expire_seconds":60"#].enumerated() {
            let body = Self.made.replacing("build", with: "p\(index)").dropLast() + ",\(names)}"
            #expect(await ask("POST", Self.own, String(body)).status == 201)
        }
        #expect(house.panels.list(of: ada.id).map(\.timeLeft) == [.seconds(60), .seconds(60), .seconds(60)])
    }

    @Test func `a template may be larger than other bodies, and a body that is larger than all is refused before it is read`() async {
        let comment = "<!--" + String(repeating: "x", count: 200_000) + "-->"
        #expect(await ask("POST", Self.own, Self.made.replacing("</svg>", with: comment + "</svg>")).status == 201)
        #expect(house.router.bodyLimit(.post, Self.own) == 1 << 20)
        #expect(house.router.bodyLimit(.put, Self.one) == 1 << 20)
        #expect(house.router.bodyLimit(.put, "/api/session/a") == 1 << 20)
        #expect(house.router.bodyLimit(.post, "/api/auth/token") == 64 << 10)
    }

    @Test func `neither the token nor the owner is looked up in the store`() async throws {
        _ = await ask("POST", Self.own, Self.made)
        house.store.forbid()
        #expect(await ask("GET", Self.one).status == 200)
        #expect(await ask("GET", Self.own + "s").status == 200)
        #expect(await ask("PUT", "/api/user/bob/session/build", #"{"args":{}}"#).status == 403)
        #expect(try await house.shows(.user(ada.id, try #require(PanelID("build"))), "red"))
        house.store.allow()
    }

    @Test func `a refusal by the owner says in the log who, and whose; nothing of it is a secret`() async {
        _ = await ask("GET", "/api/user/bob%0A%22x/session/build")
        let lines = house.log.all.filter { $0.contains("permission refused to a user") }
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.contains("user=ada") && $0.contains(#"owner="bob\n\"x""#) && $0.contains("INFO") })
    }
}
