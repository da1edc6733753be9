import Testing
import WaiaasCore

/// The limit on how often something may happen.
struct RateLimitTests {
    private static func time(_ milliseconds: Int64) -> ContinuousTime { ContinuousTime(milliseconds: milliseconds) }

    @Test func `as many at once as the limit says, then one for each part of the span`() {
        let limit = RateLimit(10, per: .seconds(60))
        var state: RateLimit.State?
        for _ in 0..<10 { #expect(limit.take(&state, at: Self.time(0)) == nil) }
        #expect(limit.take(&state, at: Self.time(0)) == .seconds(6))
        #expect(limit.take(&state, at: Self.time(5_999)) == .milliseconds(1))
        #expect(limit.take(&state, at: Self.time(6_000)) == nil)
        #expect(limit.take(&state, at: Self.time(6_000)) == .seconds(6))
    }

    @Test func `being refused costs nothing`() {
        let limit = RateLimit(1, per: .seconds(60))
        var state: RateLimit.State?
        #expect(limit.take(&state, at: Self.time(0)) == nil)
        for second in 1..<60 { #expect(limit.take(&state, at: Self.time(Int64(second) * 1_000)) != nil) }
        #expect(limit.take(&state, at: Self.time(60_000)) == nil)
    }

    @Test func `a source that was quiet for the whole span is forgotten`() throws {
        let limit = RateLimit(2, per: .seconds(60))
        var state: RateLimit.State?
        _ = limit.take(&state, at: Self.time(0))
        #expect(try #require(state).isIdle(at: Self.time(29_999)) == false)
        #expect(try #require(state).isIdle(at: Self.time(30_000)))
    }

    @Test func `a limit of zero is none`() {
        var state: RateLimit.State?
        for _ in 0..<1_000 { #expect(RateLimit(0, per: .seconds(60)).take(&state, at: Self.time(0)) == nil) }
        #expect(state == nil)
    }
}
