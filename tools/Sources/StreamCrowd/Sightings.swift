import Synchronization

/// What the viewers of a crowd have seen so far.
final class Sightings: Sendable {
    private struct State {
        /// By viewer: the newest update it has seen, -1 for none.
        var newest: [Int]
        /// By update: how many viewers have seen it or a later one.
        var viewers: [Int] = []
        /// By update: when the last viewer had seen it or a later one.
        var last: [ContinuousClock.Instant?] = []
        /// Viewers whose connection has ended.
        var ended = 0
    }

    private let state: Mutex<State>
    private let isOver = Atomic(false)

    init(viewers: Int) {
        state = Mutex(State(newest: Array(repeating: -1, count: viewers)))
    }

    /// Whether nobody looks any more.
    var hasEnded: Bool { isOver.load(ordering: .relaxed) }

    /// Nobody looks any more.
    func end() { isOver.store(true, ordering: .relaxed) }

    /// Takes over what was read of several viewers.
    func take(_ batch: [Reader.Sight]) {
        let now = ContinuousClock.now
        state.withLock { seen in
            for sight in batch {
                if sight.isEnd { seen.ended += 1 }
                guard let update = sight.update, update > seen.newest[sight.viewer] else { continue }
                while seen.viewers.count <= update {
                    seen.viewers.append(0)
                    seen.last.append(nil)
                }
                for number in (seen.newest[sight.viewer] + 1)...update {
                    seen.viewers[number] += 1
                    if seen.viewers[number] == seen.newest.count { seen.last[number] = now }
                }
                seen.newest[sight.viewer] = update
            }
        }
    }

    func viewers(of update: Int) -> Int { state.withLock { $0.viewers.count > update ? $0.viewers[update] : 0 } }

    func lastSighting(of update: Int) -> ContinuousClock.Instant? {
        state.withLock { $0.last.count > update ? $0.last[update] : nil }
    }

    var ended: Int { state.withLock { $0.ended } }
}
