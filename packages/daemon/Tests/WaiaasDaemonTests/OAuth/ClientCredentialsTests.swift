import Testing
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct ClientCredentialsTests {
    let house: House
    let secret: String

    init() async throws {
        house = try await House()
        secret = try await house.clients.add(try #require(OAuthClient.ID("my.app")), for: House.caller).secret.text
    }

    /// Who sends such a request: the client's id, nobody (nil), or what it is refused with.
    private func sender(_ fields: [(name: String, value: String)], _ body: String = "") throws -> (client: String?, refusal: ProblemCode?) {
        let request = HTTPRequest(
            method: .post, path: "/oauth2/token", headers: HTTPHeaders(fields), body: Array(body.utf8), peer: .network(address: "192.0.2.1")
        )
        do throws(Problem) {
            return (try ClientCredentials(request)?.client(among: house.clients)?.id.text, nil)
        } catch {
            return (nil, error.code)
        }
    }

    private func basic(_ text: String, scheme: String = "Basic") -> [(name: String, value: String)] {
        [("Authorization", "\(scheme) \(Base64.encode(Array(text.utf8)))")]
    }

    @Test func `a client says who it is by Basic or by the form`() throws {
        for scheme in ["Basic", "basic", "BASIC"] { #expect(try sender(basic("my.app:\(secret)", scheme: scheme)).client == "my.app") }
        #expect(try sender([], "grant_type=client_credentials&client_id=my.app&client_secret=\(secret)").client == "my.app")
        for body in ["client_id=my.app", "client_id=", "client_id=my.app&client_secret="] {
            #expect(try sender(basic("my.app:\(secret)"), body).client == "my.app")
        }
        #expect(try sender(basic("my%2Eapp:\(secret.replacing("_", with: "%5F"))")).client == "my.app")
        #expect(try sender([], "client_id=my%2eapp&client_secret=\(secret.replacing("_", with: "%5f"))").client == "my.app")
        let unpadded = Base64.encode(Array("my.app:\(secret)".utf8), padded: false)
        #expect(try sender([("Authorization", "Basic \(unpadded)")]).client == "my.app")
    }

    @Test func `no credentials at all are nobody's, and so is the name of a public client`() throws {
        for body in [
            "", "grant_type=refresh_token", "client_id=somebody", "client_id=a+b", "client_id=", "client_id=somebody&client_secret=",
        ] {
            let found = try sender([], body)
            #expect(found.client == nil && found.refusal == nil, "\(body)")
        }
    }

    @Test func `NET-03: anything else is no client`() throws {
        let invalid: [([(name: String, value: String)], String)] = [
            (basic("my.app:wrong"), ""), (basic("my.app:"), ""), (basic(":\(secret)"), ""), (basic(":"), ""), (basic("my.app"), ""),
            (basic(""), ""),
            (basic("nobody:\(secret)"), ""), (basic("MY.APP:\(secret)"), ""), (basic("my.app:\(secret):"), ""),
            (basic("my.app:\(secret)%"), ""),
            (basic("my.app:\(secret)%zz"), ""), (basic("my.app:\(secret)"), "client_id=other"),
            (basic("my.app:\(secret)", scheme: "Bearer"), ""), (basic("my.app:\(secret)", scheme: "Basic "), ""),
            ([("Authorization", "Basic")], ""), ([("Authorization", "Basic ")], ""), ([("Authorization", "")], ""),
            ([("Authorization", "Basic ////\u{e9}")], ""), ([("Authorization", "Basic /w==")], ""),
            (basic("my.app:\(secret)") + basic("my.app:\(secret)"), ""),
            ([("Authorization", "Basic a"), ("Authorization", "Basic b")], ""),
            ([], "client_id=my.app"), ([], "client_id=my.app&client_secret="), ([], "client_id=my.app&client_secret=wrong"),
            ([], "client_id=nobody&client_secret=\(secret)"), ([], "client_secret=\(secret)"), ([], "client_id=&client_secret=\(secret)"),
        ]
        for (fields, body) in invalid {
            let found = try sender(fields, body)
            #expect(found.client == nil && found.refusal == .invalidClient, "\(fields) \(body)")
        }
    }

    @Test func `two ways at once are a fault, and so is a form that cannot be read`() throws {
        #expect(try sender(basic("my.app:\(secret)"), "client_secret=\(secret)").refusal == .validationError)
        #expect(try sender([], "client_id=%zz").refusal == .validationError)
        #expect(try sender([], (0..<40).map { "a\($0)=b" }.joined(separator: "&")).refusal == .validationError)
    }

    @Test func `a parameter that is given twice opens nothing`() async throws {
        let form = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        for body in [
            "grant_type=client_credentials&client_id=my.app&client_id=my.app&client_secret=\(secret)",
            "grant_type=client_credentials&client_id=my.app&client_secret=\(secret)&client_secret=\(secret)",
            "grant_type=client_credentials&grant_type=client_credentials&client_id=my.app&client_secret=\(secret)",
        ] {
            let answer = await house.ask("POST", "/oauth2/token", form, body: body)
            #expect(answer.status == 400)
            #expect(answer.member("error") == "invalid_request")
        }
        let good = await house.ask(
            "POST", "/oauth2/token", form, body: "grant_type=client_credentials&client_id=my.app&client_secret=\(secret)&x=y")
        #expect(good.status == 200)
        #expect(good.values("Cache-Control") == ["no-store"])
    }
}
