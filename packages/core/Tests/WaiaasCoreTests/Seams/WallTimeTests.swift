import Testing
import WaiaasCore

@Suite("Wall time")
struct WallTimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_255_530_123, "2026-11-21T10:05:30.123Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `is written and read as ISO 8601`(milliseconds: Int64, text: String) {
        #expect(WallTime(milliseconds: milliseconds).iso8601 == text)
        #expect(WallTime(iso8601: text) == WallTime(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T10:05:30+00:00",
        "2026-11-21T10:05:30.Z", "2026-11-21T10:05:30.1234Z", "2026-11-21t10:05:30Z", "x026-11-21T10:05:30Z",
    ])
    func `refuses what is not ISO 8601 in UTC`(text: String) {
        #expect(WallTime(iso8601: text) == nil)
    }

    @Test func `arithmetic at the ends of the range saturates`() {
        #expect(WallTime(seconds: .max).milliseconds == .max)
        #expect(WallTime(milliseconds: .max) + .seconds(1) == WallTime(milliseconds: .max))
        #expect(WallTime(milliseconds: .min) - .seconds(1) == WallTime(milliseconds: .min))
        #expect(WallTime(milliseconds: .max) - WallTime(milliseconds: .min) == .milliseconds(Int64.max))
        #expect(WallTime(milliseconds: .max).iso8601 == "9999-12-31T23:59:59.999Z")
    }

    @Test func `seconds are rounded down, also before the epoch`() {
        #expect(WallTime(milliseconds: 1_999).seconds == 1)
        #expect(WallTime(milliseconds: -1).seconds == -1)
    }

    @Test(arguments: [(0, 0), (1, 1), (999, 1), (1_000, 1), (1_001, 2), (-5, 0)] as [(Int64, Int64)])
    func `a wait is rounded up to whole seconds`(milliseconds: Int64, seconds: Int64) {
        #expect(Duration.milliseconds(milliseconds).secondsRoundedUp == seconds)
    }
}
