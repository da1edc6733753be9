import Testing
import WaiaasCore

@Suite("Continuous time")
struct ContinuousTimeTests {
    @Test func `arithmetic at the ends of the range saturates`() {
        let (first, last) = (ContinuousTime(milliseconds: .min), ContinuousTime(milliseconds: .max))
        #expect(last + .milliseconds(1) == last)
        #expect(first + .milliseconds(-1) == first)
        #expect(last - first == .milliseconds(Int64.max))
        #expect(first - last == .milliseconds(Int64.min))
    }

    @Test func `the system's continuous clock does not run backwards`() {
        let (before, after) = (Clocks.system.now, Clocks.system.now)
        #expect(before.continuous.milliseconds > 0)
        #expect(before.continuous <= after.continuous)
    }
}
