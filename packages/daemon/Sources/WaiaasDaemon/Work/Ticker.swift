import Synchronization
import WaiaasCore
import WaiaasInstance

/// Calls something once a second, on a thread of its own, until it is stopped.
///
/// It waits by relative sleeps only, so a clock that jumps neither stops it nor makes it race.
final class Ticker: Sendable {
    private let isStopped = Atomic<Bool>(false)

    /// Begins to tick.
    ///
    /// - Returns: false if the system has no thread left.
    func start(_ tick: @escaping @Sendable () -> Void) -> Bool {
        SystemThread.start { [self] in
            while !isStopped.load(ordering: .relaxed) {
                tick()
                ThreadPause.sleep(.seconds(1))
            }
        } != nil
    }

    /// Ends it: at most one tick that has begun goes on.
    func stop() { isStopped.store(true, ordering: .relaxed) }
}
