import Testing
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct KeySetAgeTests {
    private static let now = WallTime(milliseconds: 1_800_000_000_000)

    @Test func `a shorter age waits for copies of the longer one, and no longer than any copy lives`() {
        let long = KeySetAge(nil, now: .seconds(3_600), at: Self.now)
        #expect(long.held(at: Self.now) == .seconds(3_600))
        let short = KeySetAge(KeySetAge(long.text), now: .seconds(10), at: Self.now)
        #expect(KeySetAge(short.text) == short)
        for (later, held) in [(0, 3_600), (600, 3_000), (3_600, 10), (9_000, 10)] as [(Int64, Int64)] {
            #expect(short.held(at: Self.now + .seconds(later)) == .seconds(held))
        }
        // A further restart does not begin anew, and one that raises it takes the longer.
        let again = KeySetAge(short, now: .seconds(10), at: Self.now + .seconds(600))
        #expect(again == short)
        #expect(KeySetAge(short, now: .seconds(7_200), at: Self.now).held(at: Self.now) == .seconds(7_200))
        #expect(short.held(at: Self.now + .seconds(-10_000_000)) == .seconds(86_400))
    }

    @Test(arguments: ["", "10", "10 x", "x 10", "-1 0", "86401 0", "10 0 0"]) func `any other text is none`(text: String) {
        #expect(KeySetAge(text) == nil)
    }

    @Test func `KEY-12: a restart with a shorter max-age lets no key sign that somebody may not know yet`() async throws {
        let house = try await House { $0.auth.jwksMaxAge = .seconds(3_600) }
        house.clock.advance(by: .seconds(60))
        let next = try await House(on: house.ground) { $0.auth.jwksMaxAge = .seconds(10) }
        let answer = await next.ask("GET", "/.well-known/jwks.json")
        #expect(answer.values("Cache-Control") == ["public, max-age=10"])
        let first = next.keys.ring.active.kid
        _ = try await next.keys.stageNextKey(by: .operator, requestID: nil)
        next.clock.advance(by: .seconds(3_629))
        try await next.keys.advance()
        #expect(next.keys.ring.active.kid == first)
        next.clock.advance(by: .seconds(1))
        try await next.keys.advance()
        #expect(next.keys.ring.active.kid != first)
        // From here on the shorter one is all there is.
        let last = try await House(on: house.ground) { $0.auth.jwksMaxAge = .seconds(10) }
        #expect(last.keys.policy.staging(at: last.clock.now.wall) == .seconds(40))
    }
}
