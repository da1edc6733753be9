import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Crashes", .enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
struct CrashTests {
    @Test(.enabled(if: Trace.isInstalled, "\(Trace.missing)"))
    func `killed at its n-th sync, the daemon has lost nothing it answered, and nothing revoked lives (KEY-05)`() async throws {
        try await World.inside { world in
            var life = try Life(in: world)
            for n in 1...(12 * Variables.soak) {
                let trace = Trace(in: world, calls: "fdatasync", inject: "fdatasync:signal=SIGKILL:when=\(n)")
                let child = try world.launch(["--log-level error"], environment: Life.environment, clock: life.clock, trace: trace)
                // With few syncs it does not live to be ready.
                if let daemon = try? await DaemonProcess.ready(child, in: world) { try await life.goOn(with: daemon) {} }
                try await child.ended()
                try await life.expectWholeLog("sync \(n)")
            }
            try await life.end()
        }
    }

    @Test func `killed at any moment under load, the daemon has lost nothing it answered, and nothing revoked lives`() async throws {
        try await World.inside { world in
            var life = try Life(in: world)
            for round in 1...(20 * Variables.soak) {
                let daemon = try await world.start("--log-level error", environment: Life.environment, clock: life.clock)
                try await life.goOn(with: daemon) {
                    // The one pause that is meant: the moment of the crash is to be any moment.
                    try await Task.sleep(for: .milliseconds(.random(in: 5...400)))
                    kill(daemon.pid, SIGKILL)
                }
                try await daemon.child.ended()
                try await life.expectWholeLog("round \(round)")
            }
            try await life.end()
        }
    }

    /// A data directory that goes through many crashes, and what its clients were told.
    struct Life {
        static let environment = ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "1000000"]

        let world: World
        let clock: MovingClock
        private var book = Book()
        private var agent: AgentID?
        private var rounds = 0
        private var issued: Set<SessionID> = []

        init(in world: World) throws {
            self.world = world
            clock = try MovingClock(in: world, moving: .all)
        }

        /// Checks what was promised before the crash, then makes new promises until the daemon is gone.
        mutating func goOn(with daemon: DaemonProcess, _ crash: () async throws -> Void) async throws {
            do {
                try await expectKept(by: daemon)
                // The window of the last rotation ends, so that the next one is allowed; what did not cross over is gone, and that is right.
                try clock.move(by: .seconds(302))
                issued.formUnion(book.sessions.keys)
                book = Book()
                rounds += 1
                // A name of its own each time: it may die after making one and before saying so.
                if agent == nil { agent = try await daemon.agent("trader-\(rounds)") }
            } catch is Connection.Broken {
                // It died before it could be asked: what it promised stands in the book for the next one.
                return
            }
            guard let agent else { return }
            let load = Load(clients: 6) { [book] number in
                let connection = try Connection(daemon.socket.door)
                var client = WritingClient(connection, agent: agent, as: daemon.operator, book: book, rotates: number == 0)
                return { try client.next() }
            }
            try await crash()
            try await eventually("the crash") { daemon.child.exit != nil }
            _ = try await load.stop()
        }

        /// Everything in the book is so.
        private func expectKept(by daemon: DaemonProcess) async throws {
            for (id, word) in book.sessions {
                switch word {
                case .alive(let token): #expect(try await daemon.verdict(on: token).hasPrefix("200 "), "\(id) was lost")
                case .dead(let token): #expect(try await daemon.verdict(on: token) == "401 SESSION_REVOKED", "\(id) lives again")
                case .unknown: break
                }
            }
            if let kid = book.kid {
                let report = try await daemon.socket.call(GetSecrets.self, as: daemon.operator)
                #expect(report.current.kid == kid, "a rotation was lost")
            }
        }

        func expectWholeLog(_ moment: String) async throws {
            let result = try await world.waiaas("audit verify")
            #expect(result.exit == .code(0), "\(moment): \(result.output)\(result.errors)")
        }

        /// The last start: everything was kept, and each session that was promised has its record.
        mutating func end() async throws {
            let daemon = try await world.start(environment: Self.environment, clock: clock)
            try await expectKept(by: daemon)
            issued.formUnion(book.sessions.keys)
            let recorded = Set(try await daemon.auditRecords().filter { $0.event == "SESSION_ISSUED" }.compactMap(\.sessionID))
            #expect(!issued.isEmpty)
            #expect(issued.subtracting(recorded) == [])
            #expect(try await daemon.stop() == .code(0))
            try await expectWholeLog("the end")
        }
    }
}
