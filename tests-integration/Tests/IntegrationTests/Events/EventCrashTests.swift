import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("The event secret and kill -9", .serialized)
struct EventCrashTests {
    @Test(arguments: ["planned", "staged", "promoted", "promote-acknowledged"])
    func `KEY-05: killed at a step, the next start goes on, with one key that signs`(step: String) async throws {
        for round in 0..<Variables.soak {
            try await World.inside { world in
                try world.configureEventFile(settle: 1)
                let first = try await world.start()
                try await world.waiaas("event rotate --window 2 --wait").succeeded()
                let old = try await world.eventKid()
                try await world.waiaas("event rotate --window 3").succeeded()
                if step != "planned" { try await eventually(step) { first.log.contains("step=\(step)") || step == "planned" } }
                try await first.kill9()
                try await world.start()
                let status = try await world.eventStatus()
                let states = try #require(status["keys"]?.elements).compactMap { $0["state"]?.string }
                #expect(states.filter { $0 == "active" }.count == 1, "\(round): \(states)")
                try await world.eventStep("retired")
                #expect(try await world.eventKid() != old)
                try await world.waiaas("audit verify").succeeded()
            }
        }
    }

    /// A whole rotation is watched, and then repeated with a kill at each place where something becomes durable: every transition of the
    /// rotation, and every write of the target, has such places before and after it.
    @Test(.enabled(if: Trace.isInstalled, "\(Trace.missing)"))
    func `KEY-05: killed at any sync of a rotation, the next start finishes it or takes it back, and the window ends`() async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            let daemon = try await world.start()
            try await world.waiaas("event rotate --window 1 --wait").succeeded()
            try await daemon.stop()
            let (fresh, file) = (try await world.copyOfData(), Files.text(world.eventFile))
            let whole = Trace(in: world, calls: CrashPoint.calls)
            let traced = try await world.start(trace: whole)
            let begun = whole.calls.count
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            let points = CrashPoint.all(in: Array(whole.calls.dropFirst(begun)))
            try await traced.stop()
            #expect(points.contains { $0.path.contains("spiral-event-secret") } && points.count >= 8, "\(points)")
            var missed: [CrashPoint] = []
            for point in points {
                try Files.remove(world.dataDirectory)
                try Files.copy(fresh, to: world.dataDirectory)
                try Files.write(file, to: world.eventFile)
                if try await !Self.crash(at: point, in: world) { missed.append(point) }
            }
            print("events: killed at \(points.count - missed.count) of \(points.count) syncs of a rotation")
            // Calls of before the rotation count too, and fall on other threads each time: many places are met a little earlier or later.
            #expect(missed.count * 2 <= points.count, "\(missed) of \(points)")
        }
    }

    /// - Returns: whether it was killed there.
    private static func crash(at point: CrashPoint, in world: World) async throws -> Bool {
        let trace = Trace(in: world, calls: point.call, inject: point.injection, of: point.path)
        let child = try world.launch([], trace: trace)
        if let daemon = try? await DaemonProcess.ready(child, in: world) {
            _ = try await world.waiaas("event rotate --window 2 --wait")
            kill(daemon.pid, SIGTERM)
        }
        let wasKilled = try await child.ended() == .signal(SIGKILL)
        let next = try await world.start()
        // Whatever was begun comes to its end by itself; what never began leaves no trace.
        try await eventually("the end of the rotation at \(point)") {
            let status = try await world.eventStatus()
            let states = try #require(status["keys"]?.elements).compactMap { $0["state"]?.string }
            #expect(states.filter { $0 == "active" }.count == 1, "\(point): \(states)")
            let step = status["rotation"]?["step"]?.string
            return states.count == 1 && (step == "retired" || step == "failed")
        }
        #expect(
            try await world.eventKid()
                == JSONDocument(scanning: Array(Files.text(world.eventFile).utf8)).root["keys"]?.elements?
                .first { _ in true }?["kid"]?.string, "\(point)")
        try await world.waiaas("event target check").succeeded()
        try await world.waiaas("audit verify").succeeded()
        try await next.stop()
        return wasKilled
    }

    @Test(.enabled(if: Python.isInstalled, "run by make integration"))
    func `a dead rotator cannot leave the old key valid: the window ends by the reader's own clock`() async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            let daemon = try await world.start()
            try await world.waiaas("event rotate --window 2 --wait").succeeded()
            let before = try #require(JSONDocument(scanning: Array(Files.text(world.eventFile).utf8)).root["value"]?.string)
            try await world.waiaas("event rotate --window 3").succeeded()
            try await eventually("the promotion in the file") { Files.text(world.eventFile).contains("verify_until") }
            try await daemon.kill9()
            // The file still holds both keys, and nobody will take the old one out.
            let reader = try world.eventService("reader", peers: ["reader"], ["file", world.eventFile])
            try await eventually("ready") { reader.output.contains("ready ") }
            let document = try JSONDocument(scanning: Array(Files.text(world.eventFile).utf8)).root
            let end = try #require(
                (document["keys"]?.elements?.compactMap { $0["verify_until"]?.string }.first).flatMap { WallTime(iso8601: $0) })
            try await eventually("the end of the window") { Clocks.system.now.wall > end }
            #expect(Files.text(world.eventFile).contains(before))
            try await world.insist(on: "ended", of: before, refusedBy: [("reader", reader)])
            // The next start finds the window over.
            let next = try await world.start()
            try await world.eventStep("retired")
            #expect(!Files.text(world.eventFile).contains(before))
            let keys = try #require(try await world.eventStatus()["keys"]?.elements)
            #expect(Array(keys).count == 1)
            reader.send(SIGTERM)
            #expect(try await reader.ended() == .code(0))
            #expect(!next.log.contains(before) && !daemon.log.contains(before))
        }
    }

    @Test func `SEC-08: no key and no token is in a log, an argument or an environment`() async throws {
        try await World.inside { world in
            try world.configureEventFile(settle: 0)
            let daemon = try await world.start()
            let token = Files.text(try await world.eventToken("web-1"))
            var found: Set<String> = [token.split(separator: "\n").first.map(String.init) ?? token]
            for _ in 0..<2 {
                try await world.waiaas("event rotate --window 1").succeeded()
                try await world.eventStep("staged")
                let root = try JSONDocument(scanning: Array(Files.text(world.eventFile).utf8)).root
                found.formUnion(["value", "old_value"].compactMap { root[$0]?.string })
                try await world.waiaas("event resume --without web-1").succeeded()
                try await world.eventStep("retired")
            }
            #expect(found.count == 4)
            let audit = try await world.waiaas("audit list --limit 100 --json").succeeded().output
            let places = [daemon.log, audit] + ["cmdline", "environ"].map { Files.text("/proc/\(daemon.pid)/\($0)") }
            let database = try Files.read(world.database)
            for secret in found {
                for place in places { #expect(!place.contains(secret)) }
                #expect(String(decoding: database, as: UTF8.self).contains(secret) == false)
            }
        }
    }
}
