import Testing
import WaiaasCore

@Suite("The contract of the running daemon")
struct ContractTests {
    private static let committed = Binary.repository + "/docs/openapi.json"

    @Test(.enabled(if: Files.exists(committed), "docs/openapi.json is not there"))
    func `openapi.json is the committed file`() async throws {
        try await World.withDaemon { daemon in
            let reply = try await daemon.network.send(Request("GET", "/openapi.json"))
            #expect(reply.status == 200)
            #expect(reply.text == Files.text(Self.committed))
        }
    }

    @Test func `every answer says that it is not to be kept, sniffed or framed`() async throws {
        try await World.withDaemon { daemon in
            for target in ["/health", "/openapi.json", "/doc", "/nowhere", "/v1/sessions/self"] {
                let reply = try await daemon.network.send(Request("GET", target))
                #expect(reply.header("x-content-type-options") == "nosniff", "\(target)")
                #expect(reply.header("cache-control") != nil, "\(target)")
                #expect(reply.header("x-request-id") != nil, "\(target)")
                #expect(reply.header("server") == nil, "\(target)")
            }
        }
    }

    @Test func `a request's own name comes back, if it is a plain one`() async throws {
        try await World.withDaemon { daemon in
            let plain = try await daemon.network.send(Request("GET", "/v1/sessions/self", [("X-Request-Id", "trace-42")]))
            #expect(plain.json?["requestId"]?.string == "trace-42")
            let odd = try await daemon.network.send(Request("GET", "/v1/sessions/self", [("X-Request-Id", "a b\"c")]))
            #expect(odd.json?["requestId"]?.string?.hasPrefix("req_") == true)
        }
    }
}
