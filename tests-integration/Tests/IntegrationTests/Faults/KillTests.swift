import Glibc
import Testing
import WaiaasCore

@Suite("Kills under load (KEY-05, SEC-06)", .enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
struct KillTests {
    private static let clients = 16
    private static let environment = ["WAIAAS_SECURITY_MAX_SESSIONS_PER_AGENT": "1000000"]

    @Test func `killed at any moment under sixteen clients, nothing answered is lost, nothing ended lives again, and no hand is needed`()
        async throws
    {
        let seed = SeededGenerator.runSeed
        let kills = 20 * Variables.soak
        let begin = ContinuousClock.now
        try await World.inside { world in
            var generator = SeededGenerator(seed: seed)
            let clock = try MovingClock(in: world, moving: .all)
            let ledger = Ledger()
            var agent: AgentID?
            var said: [String: Int] = [:]
            for round in 1...kills {
                let daemon = try await world.start("--log-level error", environment: Self.environment, clock: clock)
                let faults = try await ledger.faults(of: daemon, at: clock.now, ended: 200)
                try #require(faults == [], "before kill \(round) of WAIAAS_SEED=\(seed): \(faults.prefix(10))")
                if Bool.random(using: &generator) {
                    // The window ends, and with it what did not cross over; the next rotation is allowed.
                    try clock.move(by: .seconds(302))
                    ledger.clockShows(clock.now)
                }
                if agent == nil { agent = try await daemon.agent("trader") }
                let load = try Self.load(on: daemon, of: try #require(agent), ledger, &generator)
                try await Self.pause(until: Int.random(in: 1...600, using: &generator), of: load)
                kill(daemon.pid, SIGKILL)
                try await daemon.child.ended()
                said.merge(try await load.stop(), uniquingKeysWith: +)
                let verdict = try await world.waiaas("audit verify")
                try #require(verdict.exit == .code(0), "after kill \(round) of WAIAAS_SEED=\(seed): \(verdict.output)\(verdict.errors)")
            }
            let daemon = try await world.start(environment: Self.environment, clock: clock)
            // No window may end while all are asked about.
            try clock.move(by: .seconds(302))
            let faults = try await ledger.faults(of: daemon, at: clock.now)
            #expect(faults == [], "at the end of WAIAAS_SEED=\(seed): \(faults.prefix(10))")
            let records = try await daemon.auditRecords()
            #expect(ledger.now.issued.subtracting(records.of("SESSION_ISSUED")) == [])
            #expect(ledger.now.revoked.subtracting(records.of("SESSION_REVOKED")) == [])
            #expect(said["verified 401 SESSION_REVOKED"] == nil)
            #expect(ledger.now.counts.issued > kills && ledger.now.counts.revoked > 0 && ledger.now.counts.rotated > 0)
            #expect(try await daemon.stop() == .code(0))
            try await world.waiaas("audit verify").succeeded()
            print("\(kills) kills in \(ContinuousClock.now - begin), WAIAAS_SEED=\(seed): \(ledger.now.counts)")
        }
    }

    /// Waits for so many answers and a little more: the moment of the kill is to be any moment, on a slow machine too.
    private static func pause(until answers: Int, of load: Load) async throws {
        let end = ContinuousClock.now + .seconds(10)
        while load.said.values.reduce(0, +) < answers, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(1)) }
        // tidy:allow sleep because the moment of the kill is what is random here
        try await Task.sleep(for: .microseconds(.random(in: 0...3_000)))
    }

    /// The clients of one round: each has some of the sessions to itself, and the first rotates the secret once.
    private static func load(
        on daemon: DaemonProcess, of agent: AgentID, _ ledger: Ledger, _ generator: inout SeededGenerator
    ) throws -> Load {
        let alive = ledger.now.entries.values.filter { $0.fate == .alive }.map(\.id).sorted { "\($0)" < "\($1)" }
        let seeds = (0..<clients).map { _ in generator.next() }
        let rotatesAt = Int.random(in: 1...16, using: &generator)
        return Load(clients: clients) { number in
            var client = LedgerClient(
                try Connection(daemon.socket.door), agent: agent, as: daemon.operator, ledger: ledger,
                mine: alive.indices.filter { $0 % clients == number }.map { alive[$0] }, rotatesAt: number == 0 ? rotatesAt : nil,
                generator: SeededGenerator(seed: seeds[number]))
            return { try client.next() }
        }
    }
}

extension [AuditRecord] {
    /// The sessions that records of one name are about.
    fileprivate func of(_ event: String) -> Set<SessionID> { Set(filter { $0.event == event }.compactMap(\.sessionID)) }
}
