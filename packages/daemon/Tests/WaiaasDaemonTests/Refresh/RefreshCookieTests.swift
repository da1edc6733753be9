import Testing
import WaiaasCore
import WaiaasHTTP

@testable import WaiaasDaemon

@Suite struct RefreshCookieTests {
    static let token = "wai_rt_" + String(repeating: "A", count: 43)
    static let other = "wai_rt_" + String(repeating: "B", count: 42) + "A"

    private func read(_ fields: [String]) -> String? {
        let all = readAll(fields)
        return all.count == 1 ? all[0] : nil
    }

    private func readAll(_ fields: [String]) -> [String] {
        let request = HTTPRequest(
            method: .post, path: "/", headers: HTTPHeaders(fields.map { ("Cookie", $0) }), peer: .network(address: "192.0.2.1"))
        return (try? RefreshCookie.tokens(in: request))?.map(\.text) ?? []
    }

    @Test(
        arguments: [
            ["waiaas_refresh=\(token)"], ["a=b; waiaas_refresh=\(token)"], ["waiaas_refresh=\(token); a=b"],
            ["a=b;waiaas_refresh=\(token)"],
            ["a=b", "waiaas_refresh=\(token)"], ["; ;waiaas_refresh=\(token);"], ["waiaas_refreshed=x; waiaas_refresh=\(token)"],
            ["a=waiaas_refresh=x; waiaas_refresh=\(token)"],
        ])
    func `the cookie is found among others`(fields: [String]) {
        #expect(read(fields) == Self.token)
    }

    @Test(
        arguments: [
            [], [""], ["waiaas_refresh"], ["waiaas_refresh="], ["waiaas_refresh=garbage"], ["waiaas_refresh=\"\(token)\""],
            ["Waiaas_Refresh=\(token)"], ["waiaas_refresh =\(token)"], ["x=waiaas_refresh=\(token)"], ["waiaas_refresh=\(token)x"],
            ["waiaas_refresh=\(token)="], ["waiaas_refresh=\(token), waiaas_refresh=\(other)"],
            ["waiaas_refresh=\(token); waiaas_refresh=\(other)"], ["waiaas_refresh=\(token)", "waiaas_refresh=\(token)"],
            [String(repeating: ";", count: 5_000)],
        ])
    func `none, two, or one of another shape is no single token`(fields: [String]) {
        #expect(read(fields) == nil)
    }

    @Test func `of several cookies of the name all of the right shape are found, four at most`() {
        #expect(readAll(["waiaas_refresh=\(Self.token); a=b", "waiaas_refresh=\(Self.other)"]) == [Self.token, Self.other])
        for junk in ["", "garbage", Self.token + "x"] {
            #expect(readAll([String(repeating: "waiaas_refresh=\(junk); ", count: 9) + "waiaas_refresh=\(Self.token)"]) == [Self.token])
        }
        #expect(readAll([String(repeating: "waiaas_refresh=\(Self.token); ", count: 9)]).count == 4)
    }

    @Test func `the cookie is for this path, this site and no script, and goes over TLS unless there is none`() throws {
        let token = try #require(PresentedRefreshToken(Self.token))
        let set = RefreshCookie.setting(token, life: .milliseconds(1_500), isSecure: true)
        #expect(set.name == "Set-Cookie")
        #expect(set.value == "waiaas_refresh=\(Self.token); Path=/api/auth; Max-Age=2; HttpOnly; SameSite=Strict; Secure")
        #expect(
            RefreshCookie.setting(token, life: .seconds(60), isSecure: false).value
                == "waiaas_refresh=\(Self.token); Path=/api/auth; Max-Age=60; HttpOnly; SameSite=Strict")
        #expect(
            RefreshCookie.clearing(isSecure: true).value == "waiaas_refresh=; Path=/api/auth; Max-Age=0; HttpOnly; SameSite=Strict; Secure")
    }
}
