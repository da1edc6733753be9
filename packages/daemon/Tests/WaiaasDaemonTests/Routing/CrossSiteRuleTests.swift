import Testing
import WaiaasCore
import WaiaasHTTP

@testable import WaiaasDaemon

@Suite struct CrossSiteRuleTests {
    private func passes(_ fields: [(name: String, value: String)], behindTLS: Bool = false, host: String? = "localhost:3100") -> Bool {
        let request = HTTPRequest(
            method: .post, path: "/", headers: HTTPHeaders((host.map { [("Host", $0)] } ?? []) + fields),
            peer: .network(address: "192.0.2.1"))
        return (try? CrossSiteRule.check(request, isBehindTLS: behindTLS)) != nil
    }

    @Test func `a program says nothing of where it comes from, and passes`() {
        #expect(passes([]))
        #expect(passes([], host: nil))
        #expect(passes([("Referer", "https://evil.example/")]))
    }

    @Test(arguments: [
        ("same-origin", true), ("none", true), ("same-site", false), ("cross-site", false), ("", false), ("Same-Origin", false),
        ("same-origin, none", false),
    ])
    func `NET-09: a browser's word on the site decides`(site: String, may: Bool) {
        #expect(passes([("Sec-Fetch-Site", site)]) == may)
        #expect(passes([("Sec-Fetch-Site", site), ("Origin", "http://localhost:3100")]) == may)
        #expect(!passes([("Sec-Fetch-Site", site), ("Origin", "https://evil.example")]))
        #expect(!passes([("Sec-Fetch-Site", site), ("Sec-Fetch-Site", "cross-site")]))
    }

    @Test(
        arguments: [
            ("http://localhost:3100", true), ("https://localhost:3100", false), ("http://localhost", false),
            ("http://localhost:3101", false),
            ("http://LOCALHOST:3100", false), ("http://localhost:3100/", false), ("http://127.0.0.1:3100", false), ("null", false),
            ("", false),
            ("http://localhost:3100.evil.example", false), ("http://evil.example/localhost:3100", false), ("localhost:3100", false),
            ("http://localhost:3100 http://evil.example", false),
        ])
    func `NET-09: another origin is refused, to the letter`(origin: String, may: Bool) {
        #expect(passes([("Origin", origin)]) == may)
        #expect(!passes([("Origin", origin), ("Origin", "https://evil.example")]))
        #expect(!passes([("Origin", origin)], host: nil))
    }

    @Test func `behind TLS our own origin is https`() {
        #expect(passes([("Origin", "https://waiaas.example")], behindTLS: true, host: "waiaas.example"))
        #expect(!passes([("Origin", "http://waiaas.example")], behindTLS: true, host: "waiaas.example"))
    }
}
