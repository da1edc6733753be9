import Dispatch
import Synchronization

/// One thread of its own for work that blocks, with a bounded line before it (design 3.4).
///
/// Blocking work never runs on an HTTP thread, nor on the few threads that Swift's tasks share.
final class WorkQueue: Sendable {
    private let queue: DispatchQueue
    private let places: Int
    private let taken = Mutex(0)

    /// The line was full: nothing was done.
    struct Full: Error {}

    /// - Parameters:
    ///   - name: what the thread does; shown by tools that list threads.
    ///   - places: how many pieces of work may run or wait.
    init(name: String, places: Int) {
        queue = DispatchQueue(label: name)
        self.places = places
    }

    /// How many pieces of work run or wait.
    var waiting: Int { taken.withLock { $0 } }

    /// Runs work on the thread, after what came before it.
    ///
    /// - Throws: ``Full`` at once if the line is full, or what the work throws.
    func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        let admitted = taken.withLock { taken in
            guard taken < places else { return false }
            taken += 1
            return true
        }
        guard admitted else { throw Full() }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                let result = Result { try work() }
                taken.withLock { $0 -= 1 }
                continuation.resume(with: result)
            }
        }
    }
}
