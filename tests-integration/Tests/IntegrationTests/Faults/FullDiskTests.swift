import Testing
import WaiaasAPI
import WaiaasCore

@Suite("A full disk", .enabled(if: SmallDisk.isPossible, "\(SmallDisk.missing ?? "")"))
struct FullDiskTests {
    private static let environment = ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "1000000"]

    private struct Full {
        let disk: SmallDisk
        let daemon: DaemonProcess
    }

    private func onFullDisk(_ story: (Full) async throws -> Void) async throws {
        try await World.inside(isInitialised: false) { world in
            let disk = try await SmallDisk(in: world, size: "2m")
            try await disk.waiaas("init").succeeded()
            try await story(Full(disk: disk, daemon: try await disk.start(environment: Self.environment)))
        }
    }

    @Test func `it fails changes with 503, reading and verification go on, and it heals without a restart`() async throws {
        try await onFullDisk { full in
            let (disk, daemon) = (full.disk, full.daemon)
            let grant = try await daemon.grant(to: "trader")
            let other = try await daemon.grant(to: grant.agentID)
            let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: grant.agentID), as: daemon.operator)
            let revoke = Request(RevokeSession.self, SessionPath(id: other.sessionID), NoContent(), as: daemon.operator)
            for _ in 0..<2 {
                try disk.fill()
                for request in [issue, revoke, .rotation(as: daemon.operator)] {
                    // The log may have a page left.
                    try await eventually("no room") { try await daemon.socket.send(issue).status == 503 }
                    let reply = try await daemon.socket.send(request)
                    #expect(reply.gist == "503 STORAGE_UNAVAILABLE", "\(request.target)")
                    #expect(reply.json?["hint"]?.string?.contains("make room") == true, "\(reply)")
                    #expect(reply.header("retry-after") != nil)
                }
                for token in [grant.token, other.token] { #expect(try await daemon.verdict(on: token) == "200 current") }
                for path in ["/v1/sessions", "/v1/agents", "/v1/admin/status", "/v1/admin/secrets", "/v1/admin/audit?after=0"] {
                    let reply = try await daemon.socket.send(Request("GET", path, as: daemon.operator))
                    #expect(reply.status == 200, "\(path): \(reply)")
                }
                #expect(try await daemon.network.send(Request("GET", "/health")).json?["status"]?.string == "healthy")
                try disk.makeRoom()
                try await eventually("room") { try await daemon.socket.send(issue).status == 201 }
            }
            #expect(try await daemon.socket.send(revoke).status == 200)
            #expect(try await daemon.verdict(on: other.token) == "401 SESSION_REVOKED")
            #expect(try await daemon.stop() == .code(0))
            let next = try await disk.start()
            #expect(try await next.verdict(on: grant.token) == "200 current")
            #expect(try await next.verdict(on: other.token) == "401 SESSION_REVOKED")
            try await next.stop()
            try await disk.waiaas("audit verify").succeeded()
        }
    }

    @Test func `a daemon that is stopped or killed on it starts again when there is room, and says so before`() async throws {
        try await onFullDisk { full in
            let grant = try await full.daemon.grant(to: "trader")
            try full.disk.fill()
            #expect(try await full.daemon.stop() == .code(0))
            for ends in [true, false] {
                try await expectFullOrReady(full.disk)
                try full.disk.makeRoom()
                let next = try await full.disk.start()
                #expect(try await next.verdict(on: grant.token) == "200 current")
                try full.disk.fill()
                if ends { #expect(try await next.stop() == .code(0)) } else { try await next.kill9() }
            }
            try full.disk.makeRoom()
            let last = try await full.disk.start()
            #expect(try await last.verdict(on: grant.token) == "200 current")
            #expect(try await last.stop() == .code(0))
            try await full.disk.waiaas("audit verify").succeeded()
        }
    }

    /// The log may have room left in it: then a start is one like any other.
    private func expectFullOrReady(_ disk: SmallDisk) async throws {
        do {
            #expect(try await disk.start().stop() == .code(0))
        } catch let failure as DaemonProcess.NotReady {
            #expect(failure.exit == .code(1))
            #expect(failure.errors.contains("full") && failure.errors.contains("make room"), "\(failure)")
        }
    }

    @Test(arguments: [0, 16, 40, 64, 100, 140]) func `an init that it stops is repeated when there is room`(kilobytes: Int) async throws {
        try await World.inside(isInitialised: false) { world in
            let disk = try await SmallDisk(in: world, size: "1m")
            try disk.fill(leaving: kilobytes)
            let first = try await disk.waiaas("init")
            if first.exit != .code(0) {
                #expect(first.exit == .code(1))
                #expect(first.errors.lowercased().contains("full") || first.errors.contains("No space left"), "\(first.errors)")
                try disk.makeRoom()
                try await disk.waiaas("init").succeeded()
            } else {
                try disk.makeRoom()
            }
            let daemon = try await disk.start()
            #expect(try await daemon.verdict(on: try await daemon.grant(to: "trader").token) == "200 current")
            #expect(try await daemon.stop() == .code(0))
            try await disk.waiaas("audit verify").succeeded()
        }
    }

    @Test func `a log that has no room stops nobody, and goes on when there is some`() async throws {
        try await World.inside(isInitialised: false) { world in
            let disk = try await SmallDisk(in: world, size: "2m")
            try await disk.waiaas("init").succeeded()
            let started = try await disk.waiaas("start --daemon --port 0 --log-level debug").succeeded()
            let pid = try #require(started.output.firstMatch(of: #/process ([0-9]+)/#).flatMap { Int32($0.1) })
            world.adopt(pid)
            let door = API(door: .socket(folder: disk.outside("data")))
            let before = Files.text(disk.outside("data/logs/daemon.log")).count
            #expect(before > 0)
            try disk.fill()
            for _ in 0..<200 { #expect(try await door.send(Request("GET", "/nowhere")).status == 404) }
            #expect(try await door.send(Request("GET", "/health")).status == 200)
            try disk.makeRoom()
            try await disk.waiaas("stop").succeeded()
            #expect(Files.text(disk.outside("data/logs/daemon.log")).contains("stopped"))
        }
    }
}
