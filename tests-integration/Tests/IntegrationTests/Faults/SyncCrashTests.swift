import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

/// One place where a process can be killed: the n-th time that one of its threads makes a file durable, or puts one in another's place.
struct CrashPoint: Hashable, Sendable {
    static let calls = "fsync,fdatasync,rename"

    let call: String
    let path: String
    let number: Int

    /// What tells strace to kill there, before the call is made.
    var injection: String { "\(call):signal=SIGKILL:when=\(number)" }

    /// Every such place in what was traced, in order.
    static func all(in calls: [Trace.Call]) -> [CrashPoint] {
        var points: [CrashPoint] = []
        var counts: [String: Int] = [:]
        for call in calls {
            guard let found = call.text.firstMatch(of: #/[<"](\/[^>"]+)[>"]/#) else { continue }
            counts["\(call.thread) \(call.name) \(found.1)", default: 0] += 1
            let number = counts["\(call.thread) \(call.name) \(found.1)", default: 0]
            let point = CrashPoint(call: String(call.name), path: String(found.1), number: number)
            if !points.contains(point) { points.append(point) }
        }
        return points
    }

    /// A task may go on on another thread than the last time, and a thread counts its own calls: such a place can be missed.
    static func expectFew(_ missed: [CrashPoint], of points: [CrashPoint]) throws {
        #expect(missed.count * 8 <= points.count, "\(missed) of \(points)")
    }
}

@Suite("Crashes at every sync (KEY-05, SEC-06)", .enabled(if: Trace.isInstalled, "\(Trace.missing)"))
struct SyncCrashTests {
    @Test func `init killed at any of its syncs is repeated without a hand`() async throws {
        try await World.inside(isInitialised: false) { world in
            let arguments = ["init", "--data-dir", world.dataDirectory, "--password-file", world.passwordFile]
            func initialise(_ trace: Trace) async throws -> ChildProcess.Exit {
                try await world.spawn(trace.program, trace.arguments(running: Binary.waiaas, arguments, environment: [:])).ended()
            }
            let whole = Trace(in: world, calls: CrashPoint.calls)
            #expect(try await initialise(whole) == .code(0))
            let points = CrashPoint.all(in: whole.calls)
            #expect(points.contains { $0.path == world.database } && points.contains { $0.path.hasSuffix("config.toml.new") })
            var missed: [CrashPoint] = []
            for point in points {
                try Files.remove(world.dataDirectory)
                let trace = Trace(in: world, calls: point.call, inject: point.injection, of: point.path)
                if try await initialise(trace) != .signal(SIGKILL) { missed.append(point) }
                // Once the configuration is in its place, init has been here.
                let isDone = Files.exists(world.data("config.toml"))
                let again = try await world.waiaas("init")
                #expect(again.exit == .code(isDone ? 1 : 0), "\(point): \(again.errors)")
                let verdict = try await world.waiaas("audit verify")
                #expect(verdict.exit == .code(0), "\(point): \(verdict.output)\(verdict.errors)")
                let daemon = try await world.start()
                #expect(try await daemon.verdict(on: try await daemon.grant(to: "trader").token) == "200 current", "\(point)")
                try await daemon.kill9()
            }
            try CrashPoint.expectFew(missed, of: points)
        }
    }

    @Test func `a data directory that was in use is not made anew when its configuration is lost`() async throws {
        try await World.inside { world in
            let daemon = try await world.start()
            let grant = try await daemon.grant(to: "trader")
            try await daemon.stop()
            let (configuration, database) = (Files.text(world.data("config.toml")), try Files.read(world.database))
            try Files.remove(world.data("config.toml"))
            let refused = try await world.waiaas("init").exited(1)
            #expect(refused.errors.contains("hint: put the missing config.toml"), "\(refused.errors)")
            #expect(try Files.read(world.database) == database)
            try Files.write(configuration, to: world.data("config.toml"))
            #expect(try await world.start().verdict(on: grant.token) == "200 current")
        }
    }

    @Test func `a daemon killed at any sync of its life has lost nothing it answered, and nothing that ended lives`() async throws {
        try await World.inside { world in
            let fresh = try await world.copyOfData()
            let whole = Trace(in: world, calls: CrashPoint.calls)
            let (ledger, first) = (Ledger(), try await world.start(trace: whole))
            try await Self.tellAll(to: first, ledger)
            #expect(try await first.stop() == .code(0))
            let points = CrashPoint.all(in: whole.calls)
            #expect(points.count > 15 && points.contains { $0.path == world.checkpoints }, "\(points)")
            var missed: [CrashPoint] = []
            for point in points {
                try Files.remove(world.dataDirectory)
                try Files.copy(fresh, to: world.dataDirectory)
                if try await !Self.crash(at: point, in: world) { missed.append(point) }
            }
            try CrashPoint.expectFew(missed, of: points)
        }
    }

    /// - Returns: whether it was killed there.
    private static func crash(at point: CrashPoint, in world: World) async throws -> Bool {
        let ledger = Ledger()
        let trace = Trace(in: world, calls: point.call, inject: point.injection, of: point.path)
        let child = try world.launch(["--log-level error"], trace: trace)
        // At the first syncs it does not live to be ready.
        if let daemon = try? await DaemonProcess.ready(child, in: world) {
            do { try await tellAll(to: daemon, ledger) } catch is Connection.Broken {}
            kill(daemon.pid, SIGTERM)
        }
        let wasKilled = try await child.ended() == .signal(SIGKILL)
        let next = try await world.start()
        #expect(try await ledger.faults(of: next, at: Clocks.system.now.wall) == [], "\(point)")
        #expect(try await next.verdict(on: try await next.grant(to: "next").token) == "200 current", "\(point)")
        #expect(try await next.stop() == .code(0), "\(point)")
        let verdict = try await world.waiaas("audit verify")
        #expect(verdict.exit == .code(0), "\(point): \(verdict.output)\(verdict.errors)")
        return wasKilled
    }

    /// Everything that is written: an agent, sessions, a rotation, a renewal, a revocation, a cut.
    private static func tellAll(to daemon: DaemonProcess, _ ledger: Ledger) async throws {
        #expect(try await ledger.faults(of: daemon, at: Clocks.system.now.wall) == [])
        try await onThread {
            let connection = try Connection(daemon.socket.door)
            guard let name = Agent.Name("trader") else { return }
            let made = try connection.exchange(Request(CreateAgent.self, NoParameters(), NewAgent(name: name), as: daemon.operator))
            let agent = try CreateAgent.Output(decoding: made.body, as: .answer).id
            var client = LedgerClient(connection, agent: agent, as: daemon.operator, ledger: ledger, generator: SeededGenerator(seed: 0))
            let words = [
                try client.issue(), try client.issue(), try client.issue(), try client.rotate(compromised: false), try client.renew(at: 0),
                try client.revoke(at: 1), try client.issue(), try client.rotate(compromised: true), try client.issue(),
                try client.issue(), try client.revoke(at: 4),
            ]
            #expect(
                words == [
                    "issued", "issued", "issued", "rotated", "renewed", "revoked", "issued", "rotated", "issued", "issued", "revoked",
                ])
        }
    }
}
