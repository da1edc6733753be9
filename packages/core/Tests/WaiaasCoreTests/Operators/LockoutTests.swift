import Testing
import WaiaasCore

@Suite("Lock-out of an address")
struct LockoutTests {
    private static let start = WallTime(seconds: 1_800_000_000)
    private let locked = Lockout(failures: 5, lockedUntil: start + .seconds(1_800))

    private func time(_ milliseconds: Int64) -> WallTime { Self.start + .milliseconds(milliseconds) }

    @Test func `four wrong passwords are heard, the fifth locks the address out for 30 minutes`() {
        var count: Lockout?
        for failure in 1...4 {
            count = Lockout.afterFailure(count, at: Self.start)
            #expect(count == Lockout(failures: failure, lockedUntil: nil))
            #expect(count?.wait(at: Self.start) == nil)
        }
        count = Lockout.afterFailure(count, at: Self.start)
        #expect(count == locked)
        #expect(count?.wait(at: Self.start) == .seconds(1_800))
    }

    @Test func `failures count however far apart they are`() {
        let count = (0..<5).reduce(nil as Lockout?) { count, day in Lockout.afterFailure(count, at: time(Int64(day) * 86_400_000)) }
        #expect(count?.lockedUntil == time(4 * 86_400_000) + .seconds(1_800))
    }

    @Test(arguments: [(0, 1_800_000), (1, 1_799_999), (1_799_999, 1), (1_800_000, nil), (1_800_001, nil)] as [(Int64, Int64?)])
    func `the time left is told to the millisecond, and ends after 30 minutes`(passed: Int64, wait: Int64?) {
        #expect(locked.wait(at: time(passed)) == wait.map { .milliseconds($0) })
    }

    @Test func `a time served starts the count anew`() {
        #expect(Lockout.afterFailure(locked, at: time(1_800_000)) == Lockout(failures: 1, lockedUntil: nil))
    }

    @Test func `a failure that was still on its way when the address was locked out begins the time again`() {
        let more = Lockout.afterFailure(locked, at: time(1_000))
        #expect(more == Lockout(failures: 6, lockedUntil: time(1_801_000)))
    }

    @Test(arguments: [(-1, 1_800_000), (-5_000, 1_800_000), (-5_001, nil), (-3_600_000, nil)] as [(Int64, Int64?)])
    func `a wall clock set back lengthens nothing, KEY-16`(now: Int64, wait: Int64?) {
        #expect(locked.wait(at: time(now)) == wait.map { .milliseconds($0) })
        let next = Lockout.afterFailure(locked, at: time(now))
        #expect(next.failures == (wait == nil ? 1 : 6), "what counts as served starts the count anew")
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max], [Int64.min, 0, .max])
    func `no reading of the clock traps`(until: Int64, now: Int64) {
        let lockout = Lockout(failures: 5, lockedUntil: WallTime(milliseconds: until))
        let moment = WallTime(milliseconds: now)
        #expect((lockout.wait(at: moment) ?? .zero) <= Lockout.length)
        #expect(Lockout.afterFailure(lockout, at: moment).failures >= 1)
    }
}
