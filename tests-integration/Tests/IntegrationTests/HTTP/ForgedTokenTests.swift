import Testing
import WaiaasCore

@Suite("Forged tokens")
struct ForgedTokenTests {
    /// Changes of a good token, each of which must make it worthless. The names are those of the security checklist.
    static let forgeries: [(String, @Sendable (Parts) -> String)] = [
        ("JWT-02 alg none", { $0.with(head: #"{"alg":"none","typ":"JWT"}"#, signature: "") }),
        ("JWT-02 alg nOnE", { $0.with(head: #"{"alg":"nOnE","typ":"JWT"}"#) }),
        ("JWT-02 alg HS512", { $0.with(head: #"{"alg":"HS512","typ":"JWT"}"#) }),
        ("JWT-02 alg RS256", { $0.with(head: #"{"alg":"RS256","typ":"JWT"}"#) }),
        ("JWT-04 jwk in the head", { $0.with(head: #"{"alg":"HS256","typ":"JWT","jwk":{"kty":"oct","k":"AAAA"}}"#) }),
        ("JWT-04 jku in the head", { $0.with(head: #"{"alg":"HS256","typ":"JWT","jku":"http://127.0.0.1:9/"}"#) }),
        ("JWT-05 kid with a path", { $0.with(head: #"{"alg":"HS256","typ":"JWT","kid":"../../../../dev/null"}"#) }),
        ("JWT-05 kid with SQL", { $0.with(head: #"{"alg":"HS256","typ":"JWT","kid":"x' OR 1=1 --"}"#) }),
        ("JWT-05 foreign kid", { $0.with(head: #"{"alg":"HS256","typ":"JWT","kid":"0000000000000000"}"#) }),
        ("JWT-06 crit", { $0.with(head: #"{"alg":"HS256","typ":"JWT","crit":["b64"],"b64":false}"#) }),
        ("JWT-07 a member twice", { $0.with(head: #"{"alg":"none","alg":"HS256","typ":"JWT"}"#) }),
        ("JWT-07 padding", { "\($0.text)=" }),
        ("JWT-07 standard alphabet", { $0.text.replacing("_", with: "/").replacing("-", with: "+") + "/" }),
        ("JWT-07 another last bit of the signature", { $0.withOtherLastBits() }),
        ("JWT-01 another session", { $0.with(claims: $0.claims.replacing(#""sid":""#, with: #""sid":"0"#)) }),
        ("JWT-01 a later end", { $0.with(claims: $0.claims.replacing(#""exp":1"#, with: #""exp":9"#)) }),
        ("JWT-12 another type", { $0.with(head: #"{"alg":"HS256","typ":"at+jwt"}"#) }),
        ("no signature", { "wai_sess_\($0.head).\($0.body)." }), ("two parts", { "wai_sess_\($0.head).\($0.body)" }),
        ("four parts", { "\($0.text).AAAA" }), ("five parts", { "\($0.text).AAAA.AAAA" }), ("nothing but the prefix", { _ in "wai_sess_" }),
        ("no prefix", { String($0.text.dropFirst(9)) }), ("prefix twice", { "wai_sess_\($0.text)" }),
        ("prefix in capitals", { "WAI_SESS_\($0.text.dropFirst(9))" }), ("cut short", { String($0.text.dropLast(1)) }),
        ("longer", { "\($0.text)A" }), ("an empty signature key", { $0.with(head: #"{"alg":"HS256","typ":"JWT","kid":""}"#) }),
        ("very long", { "\($0.text)\(String(repeating: "A", count: 12_000))" }),
    ]

    /// A token taken apart.
    struct Parts: Sendable {
        let text: String
        let head: String
        let body: String
        let signature: String

        init(_ token: String) {
            let parts = token.dropFirst("wai_sess_".count).split(separator: ".").map(String.init) + ["", "", ""]
            (text, head, body, signature) = (token, parts[0], parts[1], parts[2])
        }

        var claims: String { Base64URL.decode(body).map { String(decoding: $0, as: UTF8.self) } ?? "" }

        func with(head: String, signature: String? = nil) -> String {
            "wai_sess_\(Base64URL.encode(Array(head.utf8))).\(body).\(signature ?? self.signature)"
        }

        func with(claims: String) -> String { "wai_sess_\(head).\(Base64URL.encode(Array(claims.utf8))).\(signature)" }

        /// The same bytes in a spelling that is not the canonical one: 43 characters carry two bits too many.
        func withOtherLastBits() -> String {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            guard let last = text.last, let place = alphabet.firstIndex(of: last) else { return text }
            return String(text.dropLast()) + String(alphabet[place ^ 1])
        }
    }

    @Test func `every forgery of a good token is refused in the same words (JWT-19)`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            let parts = Parts(grant.token)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
            var answers: Set<String> = []
            for (name, forge) in Self.forgeries {
                let forged = forge(parts)
                #expect(forged != grant.token, "\(name) changes nothing")
                let reply = try await daemon.network.send(Request("GET", "/v1/sessions/self", as: .agent(token: forged)))
                #expect(reply.gist == "401 INVALID_TOKEN", "\(name)")
                answers.insert(reply.json?["message"]?.string ?? "")
            }
            #expect(answers.count == 1)
            #expect(try await daemon.verdict(on: grant.token) == "200 current")
        }
    }

    @Test func `a token of another installation is refused`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            _ = try await daemon.grant(to: "trader")
            let stranger = try await World.strangersToken()
            #expect(try await daemon.verdict(on: stranger) == "401 INVALID_TOKEN")
        }
    }

    @Test func `an Authorization header that is none of ours is refused`() async throws {
        let values = ["", "Basic eDp5", "Bearer", "Bearer ", "bearer  x", "Token x", "Bearer wai_sess_a.b.c, Bearer wai_sess_d.e.f"]
        try await World.withDaemon { daemon in
            for value in values {
                let reply = try await daemon.network.send(Request("GET", "/v1/sessions/self", [("Authorization", value)]))
                #expect(reply.gist == "401 INVALID_TOKEN", "\(value)")
            }
        }
    }

    @Test func `a good token that comes twice, in a query or in a cookie is refused`() async throws {
        try await World.withDaemon { daemon in
            let grant = try await daemon.grant(to: "trader")
            let twice = Request("GET", "/v1/sessions/self", grant.credential.headers, as: grant.credential)
            #expect(try await daemon.network.send(twice).gist == "401 INVALID_TOKEN")
            let query = Request("GET", "/v1/sessions/self?access_token=\(grant.token)")
            #expect(try await daemon.network.send(query).gist == "401 INVALID_TOKEN")
            let cookie = Request("GET", "/v1/sessions/self", [("Cookie", "token=\(grant.token)")])
            #expect(try await daemon.network.send(cookie).gist == "401 INVALID_TOKEN")
        }
    }
}

extension World {
    /// A good token of a daemon that has nothing to do with any other.
    fileprivate static func strangersToken() async throws -> String {
        try await World.inside { world in try await world.start().grant(to: "trader").token }
    }
}
