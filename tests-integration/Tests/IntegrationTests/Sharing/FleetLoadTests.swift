import Glibc
import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Several daemons under load", .serialized, .enabled(if: MovingClock.isInstalled, "\(MovingClock.missing)"))
struct FleetLoadTests {
    /// How many daemons, and how often each ring rotates.
    private static var sizes: [Int] { Variables.soak > 1 ? [2, 3] : [3] }
    private static var rounds: Int { Variables.soak > 1 ? 50 : 2 }

    private static let settings = [
        "WAIAAS_AUTH_JWKS_MAX_AGE": "10", "WAIAAS_AUTH_REFRESH_PER_FAMILY": "0", "WAIAAS_AUTH_REFRESH_PER_ADDRESS": "0",
        "WAIAAS_AUTH_ALGORITHM": "EdDSA",
    ]
    /// From one round to the next: the window of the session secret and of the event secret, and the time a user key is staged.
    private static let window = Duration.seconds(301)

    @Test(arguments: sizes)
    func `rotation after rotation of every ring, at one daemon after the other, fails no verification at any`(count: Int) async throws {
        try await World.inside(isInitialised: false) { world in
            let clock = try MovingClock(in: world, moving: .all)
            let fleet = try await Fleet.start(count, in: world, environment: Self.settings, clock: clock)
            let daemons = fleet.daemons
            let load = try await Self.load(on: fleet)
            try await load.goesOn()
            let begun = ContinuousClock.now
            for round in 0..<Self.rounds where !load.hasFailed {
                let turn = { (step: Int) in daemons[(round + step) % count] }
                let rotated = try await turn(0).rotate()
                try await turn(1).rotateUserKey()
                _ = try await turn(2).socket.call(RotateEventSecret.self, EventRotationChoice(), as: turn(2).operator)
                _ = try await turn(1).socket.call(RotateKey.self, KeyRotationChoice(ring: .audit), as: turn(1).operator)
                try await load.follows(rotated.kid.text)
                for daemon in daemons { try await daemon.signsEvents(after: .promoted) }
                try await load.goesOn()
                try clock.move(by: Self.window)
                for daemon in daemons {
                    try await daemon.signsEvents(after: .retired)
                    try await eventually("the user key of round \(round)") {
                        try await daemon.userKeyStates().contains(.staged) == false
                    }
                    try await eventually("the end of the window") {
                        try await daemon.socket.call(GetSecrets.self, as: daemon.operator).previous == nil
                    }
                }
                try await load.goesOn()
            }
            let lasted = ContinuousClock.now - begun
            let said = try await load.stop()
            #expect(Set(said.keys) == FleetLoad.good, "\(said)")
            // At most once for each connection when the clocks move.
            #expect(load.callsAgain <= Self.rounds * count * 6)
            try await Self.expectWhole(fleet)
            let verified = said.values.reduce(0, +)
            print(
                "\(count) daemons, \(Self.rounds) rotations of each ring in \(lasted): \(verified) answers, \(load.callsAgain) new connections: \(said)"
            )
        }
    }

    private static func load(on fleet: Fleet) async throws -> FleetLoad {
        let first = fleet.daemons[0]
        let agent = try await first.agent("trader")
        var (grants, logins, signers): ([Grant], [Login], [String]) = ([], [], [])
        for _ in 0..<3 { grants.append(try await first.grant(to: agent)) }
        for number in 0..<2 { logins.append(try await first.login(of: "user-\(number)")) }
        signers.append(try await first.eventSigner("web"))
        for daemon in fleet.daemons {
            for grant in grants { try await eventually("known") { try await daemon.verdict(on: grant.token) == "200 current" } }
            try await eventually("the consumer") { try await daemon.eventConsumers().contains("web") }
        }
        return FleetLoad(on: fleet.daemons, grants: grants, logins: logins, signers: signers)
    }

    /// Every rotation is in the one chain, which every daemon finds whole; nothing was taken over badly; nobody was started again.
    private static func expectWhole(_ fleet: Fleet) async throws {
        let names = try await fleet.daemons[0].auditNames()
        for (name, count) in [
            ("SECRET_ROTATED", rounds), ("PREVIOUS_SECRET_EXPIRED", rounds), ("USER_KEY_ROTATED", rounds + 1),
            ("EVENT_SECRET_ROTATED", rounds), ("AUDIT_KEY_ROTATED", rounds),
        ] {
            #expect(names.count { $0 == name } == count, "\(name)")
        }
        for (world, daemon) in zip(fleet.worlds, fleet.daemons) {
            try await eventually("the audit log is whole", within: .seconds(5)) { try await world.waiaas("audit verify").exit == .code(0) }
            #expect(kill(daemon.pid, 0) == 0)
            let errors = daemon.log.split(separator: "\n").filter { $0.contains("level=error") || $0.contains(" error ") }
            #expect(errors.isEmpty, "\(errors.prefix(5))")
        }
    }
}

extension DaemonProcess {
    /// The token of a consumer that signs and verifies, and holds no keys.
    fileprivate func eventSigner(_ name: String) async throws -> String {
        let consumer = NewEventConsumer(name: try #require(EventConsumer.Name(name)), roles: [.sign, .verify])
        return try await socket.call(CreateEventConsumer.self, body: consumer, as: `operator`).token
    }

    /// The consumers it knows.
    fileprivate func eventConsumers() async throws -> [String] {
        try await socket.call(GetEventStatus.self, as: `operator`).consumers.map(\.name.text)
    }

    /// Waits until it knows that the rotation of the event secret has come so far.
    fileprivate func signsEvents(after step: EventRotationStep) async throws {
        let steps = step == .retired ? [.retired] : [.promoted, .promoteAcknowledged, EventRotationStep.retired]
        try await eventually("the event secret is \(step.rawValue)") {
            try await socket.call(GetEventStatus.self, as: `operator`).rotation.map { steps.contains($0.step) } ?? false
        }
    }
}
