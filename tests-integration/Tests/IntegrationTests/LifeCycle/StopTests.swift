import Glibc
import Testing
import WaiaasCore

@Suite("Stopping")
struct StopTests {
    @Test(.enabled(if: Trace.isInstalled, "\(Trace.missing)"))
    func `doors, checkpoint, database, lock, PID file: in this order, exit 0, and nothing left (OPS-11)`() async throws {
        try await World.inside { world in
            let trace = Trace(in: world, calls: "close,unlink,unlinkat,fdatasync,shutdown")
            let daemon = try await world.start(trace: trace)
            _ = try await daemon.grant(to: "trader")
            try await world.waiaas("stop").succeeded()
            #expect(try await daemon.child.ended() == .code(0))
            let calls = trace.calls
            func last(_ name: String, _ words: String) throws -> Int {
                let place = calls.lastIndex { $0.name.hasPrefix(name) && $0.text.contains(words) }
                return try #require(place, "\(name) \(words)")
            }
            let steps = [
                try last("unlink", "operator.sock"), try last("fdatasync", "audit-checkpoints.jsonl"), try last("close", "/waiaas.db>"),
                try last("close", "/daemon.lock>"), try last("unlink", "daemon.pid"),
            ]
            #expect(steps == steps.sorted())
            let walRemoved = try last("unlink", "waiaas.db-wal")
            #expect(walRemoved < steps[3], "the log was checkpointed before the lock was let go")
            let left = try Files.list(world.dataDirectory)
            #expect(left.contains("daemon.lock"))
            #expect(left.filter { ["daemon.pid", "operator.sock", "waiaas.db-wal", "waiaas.db-shm"].contains($0) } == [])
            try await world.waiaas("status").exited(3)
            try await world.waiaas("stop").exited(3)
        }
    }

    @Test func `the last records are signed, and the audit log says that it stopped`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            _ = try await daemon.grant(to: "trader")
            #expect(try await daemon.stop() == .code(0))
            #expect(daemon.log.contains("stopping") && daemon.log.contains("stopped"))
            #expect(try await world.waiaas("audit verify --json").succeeded().json["notYetSigned"]?.integer == 0)
            let again = try await world.start()
            #expect(try await again.auditNames().filter { $0 != "AUDIT_READ" }.suffix(2) == ["DAEMON_STOPPED", "DAEMON_STARTED"])
        }
    }

    @Test func `requests under way are answered before it goes`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            // Passwords of a fresh daemon take a while each, and four may wait.
            let line = StartingLine(5)
            let ask = Request("GET", "/v1/admin/status", as: daemon.operator)
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await onThread {
                            let connection = try Connection(daemon.network.door)
                            try connection.send(ask.bytes)
                            line.wait()
                            return try connection.reply().gist
                        }
                    }
                }
                try await onThread { line.wait() }
                try await daemon.answerOthers()
                kill(daemon.pid, SIGTERM)
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers == ["200"])
            #expect(try await daemon.child.ended() == .code(0))
        }
    }

    @Test func `a request that is finished during the stop is told that it is one`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let connection = try Connection(daemon.network.door)
            try connection.send(Array("GET /health HTTP/1.1\r\nHost: localhost\r\n".utf8))
            try await daemon.answerOthers()
            kill(daemon.pid, SIGTERM)
            try await eventually("the stop") { daemon.log.contains(" stopping ") }
            try connection.send(Array("\r\n".utf8))
            let reply = try connection.reply()
            #expect(reply.gist == "503 SHUTTING_DOWN")
            #expect(reply.header("connection")?.lowercased() == "close")
            #expect(try await daemon.child.ended() == .code(0))
        }
    }

    @Test func `a second SIGTERM does not wait for anybody, and the next start needs no hand`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let hanging = try Connection(daemon.network.door)
            try hanging.send(Array("POST /v1/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n".utf8))
            try await daemon.answerOthers()
            kill(daemon.pid, SIGTERM)
            try await eventually("the stop") { daemon.log.contains(" stopping ") }
            #expect(daemon.child.exit == nil)
            try await world.waiaas("stop --timeout 1").exited(5)
            #expect(daemon.child.exit == nil, "it waits for the request")
            kill(daemon.pid, SIGTERM)
            #expect(try await daemon.child.ended(within: .seconds(5)) == .code(1))
            withExtendedLifetime(hanging) {}
            #expect(try await world.start().stop() == .code(0))
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `SIGTERM and SIGINT stop, SIGHUP does not`(signal: Int32) async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            kill(daemon.pid, SIGHUP)
            #expect(try await daemon.network.send(Request("GET", "/health")).status == 200)
            kill(daemon.pid, signal)
            #expect(try await daemon.child.ended() == .code(0))
        }
    }

    @Test func `the operator stops it over the API`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let reply = try await daemon.socket.send(Request("POST", "/v1/admin/shutdown", as: daemon.operator))
            #expect((200...202).contains(reply.status))
            #expect(try await daemon.child.ended() == .code(0))
        }
    }
}

extension DaemonProcess {
    /// What is not read yet is nobody's request: by the time others were answered, the one sent before was seen.
    fileprivate func answerOthers() async throws {
        for _ in 0..<4 { #expect(try await network.send(Request("GET", "/health")).status == 200) }
    }
}
