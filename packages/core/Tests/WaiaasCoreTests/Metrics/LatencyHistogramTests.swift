import Synchronization
import Testing
import WaiaasCore

@Suite struct LatencyHistogramTests {
    @Test(
        arguments: [
            (Duration.zero, 0), (.milliseconds(1), 0), (.nanoseconds(1_000_001), 1), (.milliseconds(10), 1), (.milliseconds(11), 2),
            (.seconds(3_600), 2), (.milliseconds(-1), 0),
        ])
    func `a duration falls into the first bucket that is not smaller`(duration: Duration, bucket: Int) {
        let histogram = LatencyHistogram(bounds: [.milliseconds(1), .milliseconds(10)])
        histogram.record(duration)
        #expect(histogram.snapshot.counts == (0...2).map { $0 == bucket ? 1 : 0 })
        #expect(histogram.snapshot.sum == max(0, duration.inSeconds))
    }

    @Test func `what is measured is the time between begin and end`() {
        let time = Atomic<Int64>(0)
        let histogram = LatencyHistogram(
            bounds: [.milliseconds(1)], stopwatch: Stopwatch { Stopwatch.Reading(nanoseconds: time.load(ordering: .relaxed)) })
        let begun = histogram.begin()
        time.store(2_500_000, ordering: .relaxed)
        histogram.end(begun)
        #expect(histogram.snapshot == HistogramSnapshot(bounds: [0.001], counts: [0, 1], sum: 0.0025))
    }

    @Test func `the usual bounds rise, and are whole in seconds`() {
        let bounds = LatencyHistogram.usualBounds
        #expect(bounds == bounds.sorted() && Set(bounds).count == bounds.count)
        #expect(
            LatencyHistogram().snapshot.bounds.map(\.description) == [
                "0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "1.0", "5.0",
            ])
    }

    @Test func `counts of several threads are all there`() async {
        let (counter, histogram) = (Counter(), LatencyHistogram())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<10_000 {
                        counter.add()
                        histogram.record(.milliseconds(1))
                    }
                }
            }
        }
        #expect(counter.value == 40_000)
        #expect(histogram.snapshot.count == 40_000)
    }

    @Test func `the system's stopwatch goes forward`() {
        let begun = Stopwatch.system.now
        #expect(Stopwatch.system.now - begun >= .zero)
    }
}
