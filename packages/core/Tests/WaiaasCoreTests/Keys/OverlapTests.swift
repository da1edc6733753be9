import Testing
import WaiaasCore
import WaiaasTestSupport

/// The window's edges, on each clock by itself.
@Suite("Overlap")
struct OverlapTests {
    private let clock = ManualClock()
    private let length = Duration.seconds(300)

    @Test(arguments: [(0, true), (299_999, true), (300_000, true), (300_001, false)] as [(Int64, Bool)])
    func `lasts 300,000 ms and not one more, on both clocks together`(passed: Int64, covered: Bool) {
        let overlap = Overlap(startingAt: clock.now, length: length)
        clock.advance(by: .milliseconds(passed))
        #expect(overlap.covers(clock.now) == covered)
        #expect(overlap.elapsed(at: clock.now) == .milliseconds(passed))
    }

    @Test(
        arguments: [
            // continuous ms, wall ms, covered
            (299_999, 0, true), (300_000, 0, true), (300_001, 0, false),
            (0, 299_999, true), (0, 300_000, true), (0, 300_001, false),
            (300_000, 300_000, true), (300_001, 300_000, false), (300_000, 300_001, false),
            (300_000, -3_600_000, true), (300_001, -3_600_000, false), (0, 3_600_000, false),
        ] as [(Int64, Int64, Bool)])
    func `ends when either clock says so, KEY-16`(continuous: Int64, wall: Int64, covered: Bool) {
        let overlap = Overlap(startingAt: clock.now, length: length)
        clock.advance(by: .milliseconds(continuous))
        clock.jumpWall(by: .milliseconds(wall - continuous))
        #expect(overlap.covers(clock.now) == covered)
    }

    @Test func `a wall clock set back in the process lengthens nothing`() {
        let overlap = Overlap(startingAt: clock.now, length: length)
        clock.advance(by: .seconds(100))
        clock.jumpWall(by: .seconds(-3_600))
        #expect(overlap.elapsed(at: clock.now) == .seconds(100))
        clock.advance(by: .milliseconds(200_001))
        #expect(!overlap.covers(clock.now))
    }

    @Test func `only the continuous clock counts for elapsedContinuously`() {
        let overlap = Overlap(startingAt: clock.now, length: length)
        clock.advance(by: .seconds(7))
        clock.jumpWall(by: .seconds(3_600))
        #expect(overlap.elapsedContinuously(at: clock.now) == .seconds(7))
        #expect(overlap.elapsed(at: clock.now) == .seconds(3_607))
    }

    @Test(arguments: [(0, true), (299_999, true), (300_000, true), (300_001, false), (86_400_000, false)] as [(Int64, Bool)])
    func `a loaded one has already used up what the wall clock says`(age: Int64, covered: Bool) throws {
        let start = clock.now.wall - .milliseconds(age)
        let overlap = try #require(Overlap(loading: start, length: length, at: clock.now))
        #expect(overlap.covers(clock.now) == covered)
        #expect(overlap.startedAt == start)
        #expect(overlap.elapsedContinuously(at: clock.now) == .milliseconds(age))
    }

    @Test(arguments: [(1, true), (4_999, true), (5_000, true), (5_001, false), (3_600_000, false)] as [(Int64, Bool)])
    func `a start ahead of the wall clock counts as now up to 5 s, and as expired beyond`(ahead: Int64, loads: Bool) {
        let overlap = Overlap(loading: clock.now.wall + .milliseconds(ahead), length: length, at: clock.now)
        #expect((overlap != nil) == loads)
        guard let overlap else { return }
        #expect(overlap.elapsed(at: clock.now) == .zero)
        #expect(overlap.endsAt == clock.now.wall + length, "the end told is the end kept")
        clock.advance(by: .milliseconds(300_000))
        #expect(overlap.covers(clock.now))
        clock.advance(by: .milliseconds(1))
        #expect(!overlap.covers(clock.now))
    }

    @Test func `after a load the wall clock set back does not bring used time back`() throws {
        let overlap = try #require(Overlap(loading: clock.now.wall - .seconds(200), length: length, at: clock.now))
        clock.jumpWall(by: .seconds(-3_600))
        clock.advance(by: .milliseconds(100_000))
        #expect(overlap.covers(clock.now))
        clock.advance(by: .milliseconds(1))
        #expect(!overlap.covers(clock.now))
    }

    @Test func `after a load the wall clock set forward ends it`() throws {
        let overlap = try #require(Overlap(loading: clock.now.wall - .seconds(200), length: length, at: clock.now))
        clock.jumpWall(by: .milliseconds(100_000))
        #expect(overlap.covers(clock.now))
        clock.jumpWall(by: .milliseconds(1))
        #expect(!overlap.covers(clock.now))
    }

    @Test func `a continuous clock that runs backwards neither traps nor lengthens it by the wall clock`() {
        let overlap = Overlap(
            startingAt: Moment(wall: WallTime(seconds: 10), continuous: ContinuousTime(milliseconds: 5_000)), length: length)
        let before = Moment(wall: WallTime(seconds: 20), continuous: ContinuousTime(milliseconds: 0))
        #expect(overlap.elapsedContinuously(at: before) == .zero)
        #expect(overlap.elapsed(at: before) == .seconds(10))
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max], [Int64.min, -1, 0, 1, .max])
    func `no reading of a clock traps`(start: Int64, now: Int64) {
        let began = Moment(wall: WallTime(milliseconds: start), continuous: ContinuousTime(milliseconds: start))
        let moment = Moment(wall: WallTime(milliseconds: now), continuous: ContinuousTime(milliseconds: now))
        let overlap = Overlap(startingAt: began, length: length)
        #expect(overlap.covers(moment) == (overlap.elapsed(at: moment) <= length))
        let loaded = Overlap(loading: began.wall, length: length, at: moment)
        #expect((loaded == nil) == (start > now && start - max(now, start - 6_000) > 5_000))
        #expect(overlap.endsAt >= overlap.startedAt)
    }
}
