import Glibc

/// A thread of the system's own, for work that blocks or waits: never for work that Swift's few shared threads can do.
///
/// Ownership: the handle is joined or detached exactly once, which the flag keeps track of; `join` and `deinit` cannot meet, because who
/// calls `join` holds a reference.
public final class SystemThread: @unchecked Sendable {
    private let handle: pthread_t
    private var isJoined = false

    private init(_ handle: pthread_t) {
        self.handle = handle
    }

    deinit {
        if !isJoined { pthread_detach(handle) }
    }

    /// Starts a thread that runs `body` to its end.
    ///
    /// - Parameters:
    ///   - priority: how it stands to the other threads where there are more than processors.
    ///   - body: its whole work.
    /// - Returns: the thread, for who wants to wait for it; nil if the system has none left, and `body` does not run.
    @discardableResult
    public static func start(priority: Priority = .ordinary, _ body: @escaping @Sendable () -> Void) -> SystemThread? {
        // The box is retained here and released by the thread, which takes it over.
        let box = unsafe Unmanaged.passRetained(
            Box {
                priority.takeEffect()
                body()
            })
        var thread = pthread_t()
        let failure = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, box.toOpaque())
        guard failure == 0 else {
            unsafe box.release()
            return nil
        }
        return SystemThread(thread)
    }

    /// Waits for the end of the thread. To be called once, by whoever ends its work.
    public func join() {
        isJoined = true
        pthread_join(handle, nil)
    }

    /// How a thread stands to the others of its process and of the system.
    public enum Priority: Sendable {
        /// Like any other.
        case ordinary
        /// Behind the others; where no processor is ever idle it has about a tenth of one.
        case low

        /// The niceness of a thread of low priority (`sched(7)`).
        private static let niceness: Int32 = 10

        /// Sets it for the calling thread alone, as Linux does for the process 0. A system that refuses leaves the thread as it is, which
        /// costs time and nothing else.
        fileprivate func takeEffect() {
            if self == .low { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness) }
        }
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
