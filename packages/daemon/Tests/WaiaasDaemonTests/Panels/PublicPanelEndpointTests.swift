import Testing
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

/// The public sessions' contract is the original's (facts A.4.8), but where that was at fault.
@Suite(.inTurns) struct PublicPanelEndpointTests {
    let house: House

    static let made = PanelEndpointTests.made

    init() async throws {
        house = try await House()
    }

    private func ask(_ method: String, _ path: String, _ body: String = "", from address: String = "192.0.2.7") async -> HTTPResponse {
        await house.ask(method, path, body.isEmpty ? [] : House.json, body: body, from: .network(address: address))
    }

    @Test func `201, 200, 200 with the id, 409 and 404`() async {
        let made = await ask("POST", "/api/session", Self.made)
        #expect(made.status == 201)
        #expect(String(decoding: made.body, as: UTF8.self) == #"{"session_id":"build"}"#)
        #expect(await ask("POST", "/api/session", Self.made).status == 409)
        let changed = await ask("PUT", "/api/session/build", #"{"args":{"color":"green"},"more":1}"#)
        #expect(changed.status == 200)
        #expect(String(decoding: changed.body, as: UTF8.self) == #"{"session_id":"build"}"#)
        let shown = await ask("GET", "/api/session/build")
        #expect(shown.status == 200)
        #expect(String(decoding: shown.body, as: UTF8.self).hasSuffix(#""args":{"color":"green"}}"#))
        #expect(await ask("GET", "/api/session/none").status == 404)
        #expect(await ask("PUT", "/api/session/none", #"{"args":{}}"#).status == 404)
        #expect(await ask("DELETE", "/api/session/build").status == 405)
    }

    @Test(
        arguments: [
            ("{", 400), ("[]", 422), ("{}", 422), (#"{"session_id":"a"}"#, 422), (#"{"template":"<svg/>"}"#, 422),
            (#"{"session_id":1,"template":"<svg/>"}"#, 422), (#"{"session_id":"a","template":"<svg/>","args":[]}"#, 422),
            (#"{"session_id":"","template":"<svg/>"}"#, 400), (#"{"session_id":"  ","template":"<svg/>"}"#, 400),
            (#"{"session_id":"a/b","template":"<svg/>"}"#, 400), (#"{"session_id":"a","template":"<svg/>","expire":"soon"}"#, 400),
            (#"{"session_id":"a","template":"<svg/>","expire":"0s"}"#, 400), (#"{"session_id":"a","template":"{{","expire":"1d"}"#, 422),
        ] as [(String, Int)])
    func `what does not fit has the original's status, and error beside our code`(body: String, status: Int) async throws {
        let refused = await ask("POST", "/api/session", body)
        #expect(refused.status == status, "\(body)")
        #expect(refused.member("error") == refused.member("message") && refused.member("error") != nil)
        #expect(refused.code != nil)
    }

    @Test func `the id is trimmed, the life is read as people write it, and unknown members are left aside`() async throws {
        let body = Self.made.replacing(#""build""#, with: #""  build\n""#).dropLast() + #","expire":"1h 30m","other":{}}"#
        #expect(await ask("POST", "/api/session", String(body)).status == 201)
        let entry = try house.panels.entry(.public(try #require(PanelID("build"))))
        #expect(entry.panel.timeToLive == .seconds(5_400))
        _ = await ask("PUT", "/api/session/build", #"{"args":{"color":"green"}}"#)
        #expect(try house.panels.entry(entry.panel.key).until == entry.until, "a change keeps the end")
        #expect(await ask("POST", "/api/session", Self.made.replacing("build", with: "other")).status == 201)
        #expect(try house.panels.entry(.public(try #require(PanelID("other")))).panel.timeToLive == .seconds(86_400))
    }

    @Test func `sixty a minute from one address, whatever becomes of them`() async throws {
        for index in 0..<60 {
            #expect(await ask("POST", "/api/session", Self.made.replacing("build", with: "p\(index)")).status == 201)
        }
        let refused = await ask("POST", "/api/session", Self.made)
        #expect(refused.status == 429)
        #expect(refused.values("Retry-After") == ["1"])
        #expect(await ask("POST", "/api/session", Self.made, from: "192.0.2.8").status == 201)
        house.clock.advance(by: .seconds(1))
        #expect(await ask("POST", "/api/session", Self.made.replacing("build", with: "later")).status == 201)
    }

    @Test func `a thousand and no more`() async throws {
        for index in 0..<PanelLimits.publicCount { _ = try await house.panel("p\(index)") }
        #expect(await ask("POST", "/api/session", Self.made).code == "USER_SESSION_LIMIT_REACHED")
    }

    @Test func `pages of every origin may use them, and no other endpoint is opened by that`() async throws {
        func fields(_ method: String, _ path: String, _ more: [(name: String, value: String)] = []) async -> HTTPResponse {
            await house.ask(method, path, [("Origin", "https://elsewhere.example")] + more)
        }
        let asked = [
            (name: "Access-Control-Request-Method", value: "PUT"), (name: "Access-Control-Request-Headers", value: "content-type"),
        ]
        let preflight = await fields("OPTIONS", "/api/session/build", asked)
        #expect(preflight.status == 204)
        #expect(preflight.values("Access-Control-Allow-Origin") == ["*"])
        let missing = await fields("GET", "/api/session/build")
        #expect(missing.status == 404)
        #expect(missing.values("Access-Control-Allow-Origin") == ["*"])
        #expect(await fields("OPTIONS", "/api/user/ada/session/build", asked).status == 403)
        #expect(await fields("GET", "/api/user/ada/session/build").values("Access-Control-Allow-Origin") == [])
        #expect(await fields("GET", "/.well-known/jwks.json").values("Access-Control-Allow-Origin") == ["*"])
    }

    @Test func `where they are closed all of it is 403`() async throws {
        let closed = try await House { $0.panels.allowsPublic = false }
        for (method, path, body) in [
            ("POST", "/api/session", Self.made), ("GET", "/api/session/a", ""), ("PUT", "/api/session/a", #"{"args":{}}"#),
        ] {
            let refused = await closed.ask(method, path, body.isEmpty ? [] : House.json, body: body)
            #expect(refused.code == "PUBLIC_SESSIONS_CLOSED")
        }
    }
}
