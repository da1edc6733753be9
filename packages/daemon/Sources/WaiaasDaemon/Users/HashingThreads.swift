import WaiaasCore

/// Threads that hash passwords, and the bounded line before them.
///
/// A hash takes a processor for some twenty milliseconds, which a verification on it would have to wait out. So they leave one processor
/// free where there are two, and those that serve the network run behind all other threads, which a ``WorkQueue`` cannot: its threads are
/// Dispatch's, and a thread that has once stepped back cannot step forward again.
final class HashingThreads: Sendable {
    private let line: Inbox<@Sendable () -> Void>

    /// How many hash at a time on a machine: two, but one on two processors.
    static func count(on processors: Int) -> Int { min(2, max(1, processors - 1)) }

    /// - Parameters:
    ///   - count: how many hash at a time; each hash takes 19 MiB.
    ///   - waiting: how many may wait.
    ///   - priority: low for what comes from the network.
    /// - Throws: ``DaemonError``: the system has no thread left.
    init(count: Int, waiting: Int, priority: SystemThread.Priority = .low) throws(DaemonError) {
        line = Inbox(limit: waiting)
        for _ in 0..<count {
            let thread = SystemThread.start(priority: priority) { [line] in
                while let work = line.takeFirst() { work() }
            }
            guard thread != nil else {
                line.close()
                throw .noThread
            }
        }
    }

    deinit { line.close() }

    /// Runs work after what came before it.
    ///
    /// - Throws: ``Problem``: `PASSWORDS_BUSY`, at once, if too many wait; or what the work throws.
    func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            do throws(InboxError) {
                try line.send { continuation.resume(with: Result { try work() }) }
            } catch {
                continuation.resume(throwing: Problem(.passwordsBusy))
            }
        }
    }
}
