import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Damaged pages")
struct DamagedPagesTests {
    private static let pageSize = 4_096
    private static let environment = ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "1000"]
    /// What reads every table, and what changes them.
    private static let questions = [
        ("GET", "/health"), ("GET", "/v1/sessions?limit=100"), ("GET", "/v1/agents"), ("GET", "/v1/admin/status"),
        ("GET", "/v1/admin/secrets"), ("GET", "/v1/admin/audit?after=0&limit=1000"), ("POST", "/v1/admin/rotate-secret"),
    ]

    @Test func `whichever page is damaged, the start says what to do next, or every answer is one and the daemon lives`() async throws {
        let seed = SeededGenerator.runSeed
        try await World.inside { world in
            var generator = SeededGenerator(seed: seed)
            let grant = try await fill(world)
            let whole = try Files.read(world.database)
            let pages = Array(0..<(whole.count / Self.pageSize))
            let chosen = pages.prefix(1) + pages.dropFirst().shuffled(using: &generator).prefix(7 * Variables.soak)
            let fresh = try await world.copyOfData()
            var refused = 0
            for page in chosen {
                try Files.remove(world.dataDirectory)
                try Files.copy(fresh, to: world.dataDirectory)
                var bytes = whole
                for place in [0, 1, 3, 5, 8] + (0..<16).map({ _ in Int.random(in: 0..<Self.pageSize, using: &generator) }) {
                    bytes[page * Self.pageSize + place] ^= UInt8.random(in: 1...255, using: &generator)
                }
                try Files.write(bytes, to: world.database)
                if try await isRefused(world, grant, "page \(page), WAIAAS_SEED=\(seed)") { refused += 1 }
            }
            #expect(refused > 0)
        }
    }

    /// Enough of everything that each table has pages of its own.
    private func fill(_ world: World) async throws -> Grant {
        let daemon = try await world.start(environment: Self.environment)
        let grant = try await daemon.grant(to: "trader")
        let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: grant.agentID), as: daemon.operator)
        try await onThread {
            let connection = try Connection(daemon.socket.door)
            for _ in 0..<150 { #expect(try connection.exchange(issue).status == 201) }
        }
        #expect(try await daemon.stop() == .code(0))
        return grant
    }

    private func isRefused(_ world: World, _ grant: Grant, _ place: String) async throws -> Bool {
        let child = try world.launch(environment: Self.environment)
        let daemon: DaemonProcess
        do {
            daemon = try await .ready(child, in: world)
        } catch let failure as DaemonProcess.NotReady {
            #expect(failure.exit == .code(1), "\(place): \(failure)")
            #expect(failure.errors.contains("hint: "), "\(place): \(failure)")
            return true
        }
        for (method, path) in Self.questions {
            let reply = try await daemon.socket.send(Request(method, path, as: daemon.operator))
            #expect([200, 429, 500, 503].contains(reply.status), "\(place): \(path): \(reply)")
        }
        let issue = Request(IssueSession.self, NoParameters(), NewSession(agentId: grant.agentID), as: daemon.operator)
        #expect([201, 404, 409, 500, 503].contains(try await daemon.socket.send(issue).status), "\(place)")
        // A token hash may be among what was damaged; a foreign token is never taken for it.
        #expect([200, 401].contains(try await daemon.network.send(Request("GET", "/v1/sessions/self", as: grant.credential)).status))
        #expect(try await daemon.network.send(Request("GET", "/health")).status == 200, "\(place)")
        #expect(try await daemon.stop() == .code(0), "\(place): \(daemon.log)")
        // It names what it finds, and does not fall over it.
        #expect([.code(0), .code(1)].contains(try await world.waiaas("audit verify").exit), "\(place)")
        return false
    }

    @Test func `a log with a torn end, or none of the index, costs nothing that was answered`() async throws {
        try await World.inside { world in
            let first = try await world.start()
            let grant = try await first.grant(to: "trader")
            try await first.kill9()
            let (log, index) = (world.data("waiaas.db-wal"), world.data("waiaas.db-shm"))
            // What a crash leaves of a transaction that was never answered: a frame that is cut short, then noise.
            let noise = (0..<6_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let damages: [(String, () throws -> Void)] = [
                ("noise at the end", { try Files.write(try Files.read(log) + noise, to: log) }),
                ("no index", { if Files.exists(index) { try Files.remove(index) } }),
                ("noise for an index", { try Files.write(noise, to: index) }),
            ]
            for (name, damage) in damages {
                try damage()
                let daemon = try await world.start()
                #expect(try await daemon.verdict(on: grant.token) == "200 current", "\(name)")
                _ = try await daemon.agent("after-\(name.split(separator: " ").joined(separator: "-"))")
                try await daemon.kill9()
                try await world.waiaas("audit verify").succeeded()
            }
        }
    }

    @Test(.enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
    func `a log that was destroyed is noticed: signed records are gone, so the start is refused`() async throws {
        try await World.inside { world in
            let clock = try MovingClock(in: world, moving: .all)
            let daemon = try await world.start(clock: clock)
            _ = try await daemon.grant(to: "trader")
            try clock.move(by: .seconds(11))
            try await eventually("a checkpoint") { Files.text(world.checkpoints).contains(#""sequence""#) }
            try await daemon.kill9()
            let log = world.data("waiaas.db-wal")
            let bytes = try Files.read(log)
            for damage in [[UInt8](repeating: 0, count: bytes.count), [UInt8](bytes.reversed()), []] {
                try Files.write(damage, to: log)
                let refused = try await world.waiaas("start --port 0").exited(1)
                #expect(refused.errors.contains("not the one that was last in use"), "\(refused.errors)")
                #expect(refused.errors.contains("hint: "), "\(refused.errors)")
            }
        }
    }
}
