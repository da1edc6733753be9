import Testing
import WaiaasCore

/// How targets are called: nobody's certificate, no TLS, a redirect.
@Suite("The way to a target of the event secret", .enabled(if: Python.isInstalled && Binary.hasTool("openssl"), "run by make integration"))
struct TargetTransportTests {
    private func configure(_ world: World, url: String, more: String = "") throws {
        try Files.write("token-of-the-test\n", to: world.path("token"))
        try world.configure(
            ackTimeout: 5,
            """
            [[events.target]]
            name = "vault"
            kind = "vault"
            url = "\(url)"
            path = "sigil/spiral-event-secret"
            token_file = "\(world.path("token"))"
            settle_seconds = 0
            \(more)
            """)
    }

    private func provider(in world: World) async throws -> (ChildProcess, port: UInt16) {
        let (certificate, key) = (world.path("cert.pem"), world.path("key.pem"))
        let made = try world.spawn(
            try #require(Binary.tool("openssl")),
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key, "-out", certificate,
            ])
        try #require(try await made.ended() == .code(0))
        let program = "\(Binary.repository)/tests-integration/Programs/tls-provider.py"
        let child = try world.spawn(try #require(Python.interpreter), [program, certificate, key, world.path("redirect")])
        let port: UInt16 = try await eventually("the provider") { child.output.split(separator: "\n").first.flatMap { UInt16($0) } }
        return (child, port)
    }

    @Test func `SEC-10: a certificate that nobody vouches for gets nothing, one that is named is accepted`() async throws {
        try await World.inside { world in
            let (child, port) = try await provider(in: world)
            try configure(world, url: "https://127.0.0.1:\(port)")
            let daemon = try await world.start()
            let refused = try await world.waiaas("event target check").exited(1)
            #expect(refused.output.contains("it cannot be reached: SSL peer certificate"), "\(refused.output)")
            #expect(!child.output.contains("request"), "no token was sent")
            try await daemon.stop()
            let text = Files.text(world.data("config.toml"))
            try Files.write(text + "ca_file = \"\(world.path("cert.pem"))\"\n", to: world.data("config.toml"))
            try await world.start()
            #expect(try await world.waiaas("event target check").succeeded().output.contains("holds nothing yet"))
            #expect(child.output.contains("request /v1/secret/data/sigil/spiral-event-secret"))
        }
    }

    @Test func `SEC-13: a redirect is not followed`() async throws {
        try await World.inside { world in
            let (child, port) = try await provider(in: world)
            try Files.write("", to: world.path("redirect"))
            try configure(world, url: "https://localhost:\(port)", more: "ca_file = \"\(world.path("cert.pem"))\"")
            try await world.start()
            let refused = try await world.waiaas("event target check").exited(1)
            #expect(refused.output.contains("redirects are not followed"), "\(refused.output)")
            #expect(!child.output.contains("elsewhere"))
        }
    }

    @Test func `without TLS a credential stays on this machine`() async throws {
        try await World.inside { world in
            try configure(world, url: "http://vault.example.org:8200")
            try await world.start()
            let refused = try await world.waiaas("event target check").exited(1)
            #expect(refused.output.contains("speaks no TLS: nothing was sent"), "\(refused.output)")
        }
    }
}
