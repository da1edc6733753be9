import Testing

@testable import WaiaasCore

@Suite struct HostRuleTests {
    @Test(arguments: ["127.0.0.1", "127.0.0.1:3100", "localhost", "LocalHost:1", "[::1]", "[::1]:3100", "[0:0:0:0:0:0:0:1]:80"])
    func `loopback names are accepted with and without a port`(host: String) {
        #expect(HostRule(hosts: []).accepts(host))
    }

    @Test(
        arguments: [
            "", " ", "evil.example", "localhost.evil.example", "localhost.", "127.0.0.1.evil.example", "127.0.0.2", "[::2]", "[::1",
            "::1",
            "localhost:", "localhost:0", "localhost:65536", "localhost:80:80", "localhost:+80", "user@localhost", "localhost/",
            "localhost,evil",
            "localhost\u{0}", "lоcalhost", "[::1]x", "[::1]evil:80", "-a", String(repeating: "a", count: 70_000),
        ])
    func `everything else is refused`(host: String) {
        #expect(!HostRule(hosts: []).accepts(host))
    }

    @Test func `a configured name counts on any port, one with a port on that port alone`() {
        let rule = HostRule(hosts: ["Panel.example.org", "api.example.org:8443", "[fd00::1]"])
        #expect(rule.accepts("panel.example.org") && rule.accepts("panel.EXAMPLE.org:444"))
        #expect(rule.accepts("api.example.org:8443"))
        #expect(!rule.accepts("api.example.org") && !rule.accepts("api.example.org:443"))
        #expect(rule.accepts("[fd00:0::1]:3100"))
        #expect(rule.accepts("localhost"))
    }

    @Test(
        arguments: [
            (nil, false, [], [], true), (nil, true, [], [], false), (nil, false, ["10.0.0.0/8"], [], false),
            (nil, false, [], ["panel.example.org"], false), (nil, false, [], ["localhost:3100", "127.0.0.1"], true),
            (true, true, ["10.0.0.0/8"], ["panel.example.org"], true), (false, false, [], [], false),
        ] as [(Bool?, Bool, [String], [String], Bool)])
    func `operator routes leave TCP as soon as others can call, unless somebody decided (NET-01)`(
        explicit: Bool?, behindTLS: Bool, proxies: [String], hosts: [String], open: Bool
    ) {
        #expect(
            OperatorDoor.isOpenOverTCP(explicit: explicit, behindTLS: behindTLS, trustedProxies: proxies, hosts: hosts) == open)
    }
}

extension HostRule {
    fileprivate func accepts(_ header: String) -> Bool { accepts(Array(header.utf8).span) }
}
