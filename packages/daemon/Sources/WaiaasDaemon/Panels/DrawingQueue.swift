import Dispatch
import Synchronization
import WaiaasCore

/// One thread that draws for all, each in turn: who has much to draw, or what is slow to draw, waits behind the one drawing of another
/// and not the other way round.
final class DrawingQueue: Sendable {
    /// The line was full: nothing was done.
    struct Full: Error {}

    private struct State {
        /// What waits, by whose it is; nobody's line is empty.
        var lines: [PanelSpace: [@Sendable () -> Void]] = [:]
        /// Whose turn it is, in order: each space with a line once.
        var turns: [PanelSpace] = []
        var waiting = 0
        var isDrawing = false
    }

    private let thread = DispatchQueue(label: "waiaas.drawing")
    private let state = Mutex(State())
    private let places: Int
    private let placesEach: Int

    /// - Parameters:
    ///   - places: how many drawings may wait.
    ///   - placesEach: how many of them may be for one space.
    init(places: Int, placesEach: Int) {
        self.places = places
        self.placesEach = placesEach
    }

    /// How many drawings wait.
    var waiting: Int { state.withLock { $0.waiting } }

    /// Draws, when it is the space's turn.
    ///
    /// - Throws: ``Full`` at once if the line is full, or what the work throws.
    func run<Answer: Sendable>(for space: PanelSpace, _ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let isAdmitted = admit(for: space) { continuation.resume(with: Result { try work() }) }
            if !isAdmitted { continuation.resume(throwing: Full()) }
        }
    }

    private func admit(for space: PanelSpace, _ job: @escaping @Sendable () -> Void) -> Bool {
        let (isAdmitted, begins) = state.withLock { state -> (Bool, Bool) in
            guard state.waiting < places, state.lines[space]?.count ?? 0 < placesEach else { return (false, false) }
            if state.lines[space] == nil { state.turns.append(space) }
            state.lines[space, default: []].append(job)
            state.waiting += 1
            defer { state.isDrawing = true }
            return (true, !state.isDrawing)
        }
        if begins { thread.async { [self] in drain() } }
        return isAdmitted
    }

    private func drain() {
        while let job = next() { job() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.turns.isEmpty else {
                state.isDrawing = false
                return nil
            }
            let space = state.turns.removeFirst()
            let job = state.lines[space]?.removeFirst()
            if state.lines[space]?.isEmpty ?? true { state.lines[space] = nil } else { state.turns.append(space) }
            state.waiting -= 1
            return job
        }
    }
}
