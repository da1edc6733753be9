import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

/// What a start makes of the ring that it finds.
@Suite(.inTurns) struct RingStartTests {
    let ground: Ground
    let house: House
    let token: [UInt8]

    init() async throws {
        ground = try await Ground()
        house = try await House(on: ground)
        token = try await house.issue(to: try await house.agent(), lasting: 86_400).token
        try await house.rotate()
    }

    @Test(arguments: [Duration.zero, .milliseconds(299_999), .milliseconds(300_000)])
    func `a start inside the window goes on with it`(elapsed: Duration) async throws {
        ground.clock.advance(by: elapsed)
        let next = try await House(on: ground)
        #expect(try next.verify(token).isOfRetiringKey)
        #expect(next.secrets.current.kid == house.secrets.current.kid)
        ground.clock.advance(by: .milliseconds(300_001) - elapsed)
        #expect(try await problem { try next.verify(token) } == .invalidToken)
    }

    @Test func `a start after the window drops the secret before, with its record, before anybody can ask`() async throws {
        ground.clock.advance(by: .milliseconds(300_001))
        let next = try await House(on: ground)
        #expect(next.secrets.ring.retiring == nil)
        #expect(try await next.state()[.jwtSecretPrevious] == nil)
        #expect(try await next.count(of: .previousSecretExpired) == 1)
        try await next.rotate()
    }

    @Test(arguments: [(Duration.milliseconds(5_000), true), (.milliseconds(5_001), false), (.seconds(3_600), false)])
    func `a rotation that lies ahead counts as now up to 5 s, and as ended beyond`(ahead: Duration, verifies: Bool) async throws {
        ground.clock.jumpWall(by: .zero - ahead)
        let next = try await House(on: ground)
        #expect((next.secrets.previous != nil) == verifies)
        #expect(try await next.count(of: .previousSecretExpired) == (verifies ? 0 : 1))
        #expect(try await next.state()[.jwtSecretRotatedAt] == nil || verifies)
        if verifies {
            ground.clock.advance(by: .milliseconds(300_000))
            #expect(next.secrets.previous != nil)
            ground.clock.advance(by: .milliseconds(1))
            #expect(next.secrets.previous == nil)
        }
    }

    @Test func `a start keeps the cooldown, by the wall clock`() async throws {
        ground.clock.advance(by: .milliseconds(299_000))
        let next = try await House(on: ground)
        await #expect(throws: RotationRefusal.self) { try await next.rotate() }
        ground.clock.advance(by: .milliseconds(1_000))
        try await next.rotate()
    }

    /// A fault of `system_state`, and the row that must be named.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let named: StateName
        let make: @Sendable (House, [StateName: String]) async throws -> Void

        init(_ text: String, _ named: StateName, _ make: @escaping @Sendable (House, [StateName: String]) async throws -> Void) {
            testDescription = text
            self.named = named
            self.make = make
        }
    }

    static let damages = [
        Damage("current is missing", .jwtSecretCurrent) { house, _ in try await house.set(.jwtSecretCurrent, to: nil) },
        Damage("previous without rotated_at", .jwtSecretPrevious) { house, _ in try await house.set(.jwtSecretRotatedAt, to: nil) },
        Damage("rotated_at without previous", .jwtSecretRotatedAt) { house, _ in try await house.set(.jwtSecretPrevious, to: nil) },
        Damage("current is no hex", .jwtSecretCurrent) { house, _ in try await house.set(.jwtSecretCurrent, to: "zz") },
        Damage("current is empty", .jwtSecretCurrent) { house, _ in try await house.set(.jwtSecretCurrent, to: "") },
        Damage("current is cut short", .jwtSecretCurrent) { house, state in
            try await house.set(.jwtSecretCurrent, to: String((state[.jwtSecretCurrent] ?? "").dropLast(2)))
        },
        Damage("one bit of previous is another", .jwtSecretPrevious) { house, state in
            let text = state[.jwtSecretPrevious] ?? ""
            try await house.set(.jwtSecretPrevious, to: text.dropLast() + (text.last == "0" ? "1" : "0"))
        },
        Damage("current and previous are swapped", .jwtSecretCurrent) { house, state in
            try await house.set(.jwtSecretCurrent, to: state[.jwtSecretPrevious])
            try await house.set(.jwtSecretPrevious, to: state[.jwtSecretCurrent])
        },
        Damage("previous stands in both places", .jwtSecretCurrent) { house, state in
            try await house.set(.jwtSecretCurrent, to: state[.jwtSecretPrevious])
        },
        Damage("the epoch is missing", .sessionRingEpoch) { house, _ in try await house.set(.sessionRingEpoch, to: nil) },
        Damage("the epoch is no number", .sessionRingEpoch) { house, _ in try await house.set(.sessionRingEpoch, to: "01") },
        Damage("the epoch is another", .jwtSecretCurrent) { house, _ in try await house.set(.sessionRingEpoch, to: "9") },
        Damage("rotated_at is no number", .jwtSecretRotatedAt) { house, _ in try await house.set(.jwtSecretRotatedAt, to: "soon") },
        Damage("rotated_at is beyond 64 bits", .jwtSecretRotatedAt) { house, _ in
            try await house.set(.jwtSecretRotatedAt, to: "9223372036854775808")
        },
        Damage("a later rotated_at was put beside the secret it belongs to", .jwtSecretPrevious) { house, state in
            let later = (Int64(state[.jwtSecretRotatedAt] ?? "") ?? 0) + 200_000
            try await house.set(.jwtSecretRotatedAt, to: String(later))
        },
        Damage("a value of an earlier epoch was put back", .jwtSecretPrevious) { house, state in
            house.clock.advance(by: .seconds(300))
            try await house.rotate()
            try await house.set(.jwtSecretPrevious, to: state[.jwtSecretPrevious])
        },
        Damage("all values of an earlier epoch, without its number", .jwtSecretCurrent) { house, state in
            house.clock.advance(by: .seconds(300))
            try await house.rotate()
            for name in [StateName.jwtSecretCurrent, .jwtSecretPrevious, .jwtSecretRotatedAt] {
                try await house.set(name, to: state[name])
            }
        },
    ]

    @Test(arguments: damages)
    func `an impossible shape stops the start and names the row`(damage: Damage) async throws {
        try await damage.make(house, try await house.state())
        let before = try await house.state()
        let error = await #expect(throws: StoreError.self) { try await House(on: ground) }
        guard case .damaged("system_state", damage.named.rawValue, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await house.state() == before)
        #expect(LocalInstanceError(causedBy: try #require(error)).hint?.contains("secret reset") == true)
    }

}
