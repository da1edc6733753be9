import Testing
import WaiaasCore
import WaiaasTestSupport

/// Random lives of a ring, compared with ``RotationModel`` after every step (design 5.2 number 4).
@Suite("Rotation, random lives")
struct RotationPropertyTests {
    @Test(arguments: 0..<8)
    func `every ring behaves like the model, whatever is done to it and to the clocks`(block: Int) {
        for life in 0..<250 {
            var subject = RandomRotations(seed: UInt64(block * 250 + life))
            let complaint = subject.live(steps: 60)
            #expect(complaint == nil, "seed \(block * 250 + life)")
            if complaint != nil { return }
        }
    }

    @Test func `the random lives reach every kind of step`() {
        var seen: [String: Int] = [:]
        for seed in 0..<100 {
            var subject = RandomRotations(seed: UInt64(seed))
            _ = subject.live(steps: 60)
            seen.merge(subject.seen, uniquingKeysWith: +)
        }
        for step in RandomRotations.steps { #expect((seen[step] ?? 0) >= 10, "\(step): \(seen[step] ?? 0) of \(seen)") }
    }
}
