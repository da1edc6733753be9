import Testing
import WaiaasAPI
import WaiaasCore

@Suite("A failing disk", .enabled(if: Trace.isInstalled, "\(Trace.missing)"))
struct FailingDiskTests {
    /// Issues sessions until one is refused.
    private func issueUntilRefused(_ daemon: DaemonProcess, _ agent: AgentID) async throws -> (kept: [Grant], refusal: Reply) {
        let request = Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: daemon.operator)
        var kept: [Grant] = []
        for _ in 0..<200 {
            let reply = try await daemon.socket.send(request)
            guard reply.status == 201 else { return (kept, reply) }
            let session = try IssuedSession(decoding: reply.body, as: .answer)
            kept.append(Grant(agentID: agent, sessionID: session.sessionId, token: session.token))
        }
        throw TimedOut(what: "a refusal", limit: .zero)
    }

    private static let environment = ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "1000"]

    @Test(arguments: ["fdatasync:error=EIO:when=12", "pwrite64:error=EIO:when=60", "fdatasync:error=ENOSPC:when=12"])
    func `after a write that failed nothing more is written, which is said, and reading and verification go on`(
        fault: String
    ) async throws {
        try await World.inside { world in
            let trace = Trace(
                in: world, calls: String(fault.prefix { $0 != ":" }), inject: fault, of: world.data("waiaas.db-wal"))
            let daemon = try await world.start(environment: Self.environment, trace: trace)
            let agent = try await daemon.agent("trader")
            let (kept, refusal) = try await issueUntilRefused(daemon, agent)
            #expect(refusal.gist == "503 STORAGE_UNAVAILABLE")
            #expect(refusal.json?["hint"]?.string?.contains("restart the daemon") == true, "\(refusal)")
            // The disk works again, and nobody knows what is on it.
            for _ in 0..<3 { #expect(try await issueUntilRefused(daemon, agent).kept.isEmpty) }
            #expect(try await daemon.socket.send(.rotation(as: daemon.operator)).gist == "503 STORAGE_UNAVAILABLE")
            let revocation = Request(RevokeSession.self, SessionPath(id: kept[0].sessionID), NoContent(), as: daemon.operator)
            #expect(try await daemon.socket.send(revocation).gist == "503 STORAGE_UNAVAILABLE")
            for grant in kept { #expect(try await daemon.verdict(on: grant.token) == "200 current") }
            #expect(try await daemon.network.send(Request("GET", "/health")).json?["status"]?.string == "degraded")
            #expect(try await daemon.socket.send(Request("GET", "/v1/sessions", as: daemon.operator)).status == 200)
            try await eventually("a line in the log") { daemon.log.contains("writing has stopped") }
            #expect(try await daemon.stop() == .code(0))

            let next = try await world.start(environment: Self.environment)
            for grant in kept { #expect(try await next.verdict(on: grant.token) == "200 current") }
            #expect(try await next.verdict(on: try await next.grant(to: agent).token) == "200 current")
            #expect(try await next.stop() == .code(0))
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test(arguments: ["ENOSPC", "EDQUOT"])
    func `a write without room, or beyond a quota, fails alone: as soon as there is room it goes on`(error: String) async throws {
        try await World.inside { world in
            let trace = Trace(
                in: world, calls: "pwrite64", inject: "pwrite64:error=\(error):when=60..75", of: world.data("waiaas.db-wal"))
            let daemon = try await world.start(environment: Self.environment, trace: trace)
            let agent = try await daemon.agent("trader")
            var (kept, refusal) = try await issueUntilRefused(daemon, agent)
            #expect(refusal.gist == "503 STORAGE_UNAVAILABLE")
            #expect(refusal.json?["hint"]?.string?.contains("disk is full") == true, "\(refusal)")
            try await eventually("room") {
                let reply = try await daemon.socket.send(
                    Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: daemon.operator))
                guard reply.status == 201 else { return false }
                let session = try IssuedSession(decoding: reply.body, as: .answer)
                kept.append(Grant(agentID: agent, sessionID: session.sessionId, token: session.token))
                return true
            }
            #expect(try await daemon.network.send(Request("GET", "/health")).json?["status"]?.string == "healthy")
            #expect(!daemon.log.contains("writing has stopped"), "\(daemon.log)")
            try await daemon.kill9()
            let next = try await world.start(environment: Self.environment)
            for grant in kept { #expect(try await next.verdict(on: grant.token) == "200 current") }
            #expect(try await next.stop() == .code(0))
            try await world.waiaas("audit verify").succeeded()
        }
    }

    @Test func `a checkpoint that the disk refuses comes with the next start, and the log is whole`() async throws {
        try await World.inside { world in
            let trace = Trace(in: world, calls: "fdatasync", inject: "fdatasync:error=EIO:when=1+", of: world.checkpoints)
            let daemon = try await world.start(trace: trace)
            _ = try await daemon.grant(to: "trader")
            #expect(try await daemon.stop() == .code(0))
            #expect(daemon.log.contains("the last records could not be written"), "\(daemon.log)")
            #expect(!Files.text(world.checkpoints).contains(#""sequence""#))
            try await world.waiaas("audit verify").succeeded()
            #expect(try await world.start().stop() == .code(0))
            #expect(Files.text(world.checkpoints).contains(#""sequence""#))
            try await world.waiaas("audit verify").succeeded()
        }
    }
}
