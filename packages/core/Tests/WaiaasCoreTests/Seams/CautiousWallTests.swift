import Testing
import WaiaasCore
import WaiaasTestSupport

@Suite struct CautiousWallTests {
    private let clock = ManualClock()
    private let start: WallTime
    private var wall: CautiousWall

    init() {
        start = clock.now.wall
        wall = CautiousWall(at: clock.now)
    }

    @Test mutating func `while nobody sets the clock it shows the wall clock`() {
        for seconds in [0, 1, 59, 86_400, 604_800] {
            clock.advance(by: .seconds(seconds))
            #expect(wall.look(at: clock.now) == clock.now.wall)
        }
    }

    @Test(arguments: [1_001, 3_600_000, 31_536_000_000]) mutating func `a jump ahead is not followed, and time goes on`(milliseconds: Int) {
        clock.jumpWall(by: .milliseconds(milliseconds))
        #expect(wall.look(at: clock.now) == start)
        clock.advance(by: .seconds(60))
        #expect(wall.look(at: clock.now) == start + .seconds(60))
        clock.jumpWall(by: .milliseconds(-milliseconds))
        #expect(wall.look(at: clock.now) == clock.now.wall)
    }

    @Test mutating func `a clock that is slewed is followed`() {
        for _ in 0..<100 {
            clock.advance(by: .seconds(60))
            clock.jumpWall(by: .milliseconds(1_000))
            #expect(wall.look(at: clock.now) == clock.now.wall)
        }
    }

    @Test mutating func `a jump ahead that stands for a day is believed, and not a millisecond sooner`() {
        clock.jumpWall(by: .seconds(3_600))
        _ = wall.look(at: clock.now)
        clock.advance(by: .milliseconds(86_399_999))
        #expect(wall.look(at: clock.now) == clock.now.wall - .seconds(3_600))
        clock.advance(by: .milliseconds(1))
        #expect(wall.look(at: clock.now) == clock.now.wall)
        clock.advance(by: .seconds(1))
        #expect(wall.look(at: clock.now) == clock.now.wall)
    }

    @Test mutating func `a jump ahead that was taken back begins its day anew`() {
        clock.jumpWall(by: .seconds(3_600))
        _ = wall.look(at: clock.now)
        clock.advance(by: .seconds(80_000))
        clock.jumpWall(by: .seconds(-3_600))
        _ = wall.look(at: clock.now)
        clock.jumpWall(by: .seconds(3_600))
        _ = wall.look(at: clock.now)
        clock.advance(by: .seconds(80_000))
        #expect(wall.look(at: clock.now) == clock.now.wall - .seconds(3_600))
    }

    @Test mutating func `it goes back at once`() {
        clock.jumpWall(by: .seconds(-86_400))
        #expect(wall.look(at: clock.now) == start - .seconds(86_400))
    }

    @Test(arguments: [(Int64.max, Int64.max), (.min, .max), (.max, .min), (.min, .min)])
    mutating func `the ends of the clocks do not trap`(wallTime: Int64, continuous: Int64) {
        let moment = Moment(wall: WallTime(milliseconds: wallTime), continuous: ContinuousTime(milliseconds: continuous))
        #expect(wall.look(at: moment) <= moment.wall)
        #expect(wall.look(at: clock.now) <= clock.now.wall)
    }
}
