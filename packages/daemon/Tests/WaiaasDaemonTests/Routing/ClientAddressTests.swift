import Testing
import WaiaasCore
import WaiaasHTTP

@testable import WaiaasDaemon

@Suite(.inTurns) struct ClientAddressTests {
    private func address(_ forwarded: [String], from peer: String, trusting: [String]) -> String {
        let request = HTTPRequest(
            method: .get, path: "/", headers: HTTPHeaders(forwarded.map { ("X-Forwarded-For", $0) }), peer: .network(address: peer))
        return ClientAddress(trustedProxies: trusting.compactMap { AddressBlock($0) }).address(of: request, from: peer)
    }

    @Test func `without trusted proxies, and from others, the header is not looked at`() {
        #expect(address(["203.0.113.9"], from: "192.0.2.1", trusting: []) == "192.0.2.1")
        #expect(address(["203.0.113.9"], from: "192.0.2.1", trusting: ["10.0.0.0/8"]) == "192.0.2.1")
    }

    @Test(
        arguments: [
            (["203.0.113.9"], "203.0.113.9"), (["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
            (["198.51.100.1", "203.0.113.9"], "203.0.113.9"), (["198.51.100.1, 203.0.113.9, 10.0.0.5"], "203.0.113.9"),
            (["203.0.113.9", "10.0.0.5 ,\t10.0.0.6"], "203.0.113.9"), (["2001:db8::1"], "2001:db8::1"), ([], "10.0.0.1"),
            ([""], "10.0.0.1"),
            (["10.0.0.2, 10.0.0.3"], "10.0.0.1"), (["not an address"], "10.0.0.1"), (["203.0.113.9, unknown"], "10.0.0.1"),
            (["203.0.113.9:80"], "10.0.0.1"),
        ])
    func `NET-06: from a trusted proxy it is read from the right, up to the first that no proxy wrote`(forwarded: [String], found: String) {
        #expect(address(forwarded, from: "10.0.0.1", trusting: ["10.0.0.0/8"]) == found)
    }

    @Test func `no more than 32 hops are read`() {
        let long = (["203.0.113.9"] + Array(repeating: "10.0.0.2", count: 32)).joined(separator: ",")
        #expect(address([long], from: "10.0.0.1", trusting: ["10.0.0.0/8"]) == "10.0.0.1")
    }
}
