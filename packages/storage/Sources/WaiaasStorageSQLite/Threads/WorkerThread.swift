import Glibc
import WaiaasCore

/// A thread of its own for work that blocks, so that Swift's small shared pool never waits for a disk.
///
/// Ownership: the handle is joined or detached exactly once, which the flag keeps track of; `join` and `deinit` cannot meet, because
/// who calls `join` holds a reference.
final class WorkerThread: @unchecked Sendable {
    private let handle: pthread_t
    private var isJoined = false

    /// Starts a thread.
    ///
    /// - Parameter body: its whole work.
    init(_ body: @escaping @Sendable () -> Void) throws(StoreError) {
        let box = Unmanaged.passRetained(Work(body: body))
        var started = pthread_t()
        let code = pthread_create(
            &started, nil,
            { argument in
                // The one reference that `init` passed on; it ends here.
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw .unavailable("start a thread: \(String(cString: strerror(code)))")
        }
        handle = started
    }

    deinit {
        if !isJoined { pthread_detach(handle) }
    }

    /// Waits for the end of the thread. To be called once, by whoever ends its work.
    func join() {
        isJoined = true
        pthread_join(handle, nil)
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
