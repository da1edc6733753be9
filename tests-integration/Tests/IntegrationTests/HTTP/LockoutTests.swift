import Testing
import WaiaasCore

@Suite("Wrong master passwords")
struct LockoutTests {
    private static let wrong = Credential.operator("a wrong master password")
    private static let status = "/v1/admin/status"

    @Test func `five from one address over TCP lock it out, over a restart too, and never on the socket`() async throws {
        try await World.inside { world in
            let first = try await world.start()
            for _ in 0..<7 {
                // No header counts for nothing.
                #expect(try await first.network.send(Request("GET", Self.status)).gist == "401 MASTER_PASSWORD_REQUIRED")
            }
            for _ in 0..<5 {
                #expect(try await first.network.send(Request("GET", Self.status, as: Self.wrong)).gist == "401 INVALID_MASTER_PASSWORD")
            }
            let locked = try await first.network.send(Request("GET", Self.status, as: first.operator))
            #expect(locked.gist == "429 MASTER_PASSWORD_LOCKED", "the right password is not heard any more")
            #expect((1_700...1_800).contains(locked.header("retry-after").flatMap { Int($0) } ?? 0))
            #expect(try await first.socket.send(Request("GET", Self.status, as: first.operator)).status == 200)
            #expect(try await first.auditNames().filter { $0 == "ADDRESS_LOCKED_OUT" }.count == 1)
            try await first.kill9()
            let second = try await world.start()
            #expect(try await second.network.send(Request("GET", Self.status, as: second.operator)).gist == "429 MASTER_PASSWORD_LOCKED")
            #expect(try await second.network.send(Request("GET", "/health")).status == 200)
            for _ in 0..<7 {
                #expect(try await second.socket.send(Request("GET", Self.status, as: Self.wrong)).gist == "401 INVALID_MASTER_PASSWORD")
            }
            #expect(try await second.socket.send(Request("GET", Self.status, as: second.operator)).status == 200)
        }
    }

    @Test(.enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
    func `a lock-out ends after half an hour, and a right password forgets the wrong ones`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start(clock: clock)
            for _ in 0..<4 { _ = try await daemon.network.send(Request("GET", Self.status, as: Self.wrong)) }
            #expect(try await daemon.network.send(Request("GET", Self.status, as: daemon.operator)).status == 200)
            for _ in 0..<4 { _ = try await daemon.network.send(Request("GET", Self.status, as: Self.wrong)) }
            #expect(try await daemon.network.send(Request("GET", Self.status, as: daemon.operator)).status == 200)
            for _ in 0..<5 { _ = try await daemon.network.send(Request("GET", Self.status, as: Self.wrong)) }
            try clock.move(by: .seconds(1_780))
            #expect(try await daemon.network.send(Request("GET", Self.status, as: daemon.operator)).gist == "429 MASTER_PASSWORD_LOCKED")
            try clock.move(by: .seconds(30))
            #expect(try await daemon.network.send(Request("GET", Self.status, as: daemon.operator)).status == 200)
        }
    }

    @Test func `while four passwords are being checked the next is turned away, and the socket has places of its own`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let count = 24
            // All at once, so that none finds the password remembered.
            let line = StartingLine(count + 1)
            let ask = Request("GET", Self.status, as: daemon.operator)
            let gists = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        try await onThread {
                            let connection = try Connection(daemon.network.door)
                            line.wait()
                            return try connection.exchange(ask).gist
                        }
                    }
                }
                group.addTask {
                    try await onThread {
                        let connection = try Connection(daemon.socket.door)
                        line.wait()
                        return "socket \(try connection.exchange(ask).gist)"
                    }
                }
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(gists["socket 200"] == 1, "\(gists)")
            #expect(gists["503 MASTER_PASSWORD_BUSY", default: 0] > 0, "\(gists)")
            #expect(gists["200", default: 0] >= 4, "\(gists)")
            #expect(Set(gists.keys) == ["socket 200", "503 MASTER_PASSWORD_BUSY", "200"])
        }
    }

    @Test func `what cannot be a password is refused`() async throws {
        try await World.withDaemon { daemon in
            for password in ["short", String(repeating: "x", count: 1_025), "with a tab\tinside"] {
                let reply = try await daemon.socket.send(Request("GET", Self.status, as: .operator(password)))
                #expect(reply.gist == "401 INVALID_MASTER_PASSWORD", "\(password)")
            }
        }
    }
}
