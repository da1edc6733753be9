import Glibc

/// Holds a thread of its own up until it is opened. Never to be passed on a thread that Swift's tasks share.
final class Gate: Sendable {
    private let semaphore: Semaphore = Semaphore()

    /// Returns once the gate is open.
    func pass() {
        semaphore.wait()
        semaphore.signal()
    }

    /// Lets everybody through.
    func open() { semaphore.signal() }

    /// Wraps a POSIX semaphore, which must not move: it lies behind a pointer for the life of this object.
    private final class Semaphore: @unchecked Sendable {
        private let handle = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

        init() { sem_init(handle, 0, 0) }

        deinit {
            sem_destroy(handle)
            handle.deallocate()
        }

        func wait() { while sem_wait(handle) != 0 {} }
        func signal() { sem_post(handle) }
    }
}
