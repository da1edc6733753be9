import Synchronization
import WaiaasCore
import WaiaasInstance

/// Gives each step of the start a deadline: a step that hangs ends the process instead of leaving a daemon half started.
///
/// A blocking call into a library cannot be cancelled from outside; that is why the answer is the end of the process.
final class StepDeadline: Sendable {
    private struct Step {
        let name: String
        let end: ContinuousTime
    }

    private let current = Mutex<Step?>(nil)
    private let isDone = Atomic<Bool>(false)
    private let clocks: Clocks

    /// - Parameter overrun: called on a thread of its own with the name of the step that took too long; it does not return.
    init(clocks: Clocks, overrun: @escaping @Sendable (String) -> Void) {
        self.clocks = clocks
        SystemThread.start { [self] in
            while !isDone.load(ordering: .relaxed) {
                if let step = current.withLock({ $0 }), clocks.now.continuous > step.end { overrun(step.name) }
                ThreadPause.sleep(.milliseconds(100))
            }
        }
    }

    /// Runs a step.
    func run<Answer>(_ name: String, within limit: Duration, _ step: () async throws -> Answer) async throws -> Answer {
        current.withLock { $0 = Step(name: name, end: clocks.now.continuous + limit) }
        defer { current.withLock { $0 = nil } }
        return try await step()
    }

    /// All steps are done.
    func finish() { isDone.store(true, ordering: .relaxed) }
}
