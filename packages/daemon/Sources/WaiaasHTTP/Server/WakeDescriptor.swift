import CMicroHTTPD
import Glibc

/// An event descriptor that wakes the watch thread from `poll`.
final class WakeDescriptor: Sendable {
    /// What `poll` waits on.
    let descriptor: Int32

    init() throws(HTTPServerError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .system(call: "eventfd", code: errno) }
    }

    /// Wakes the thread; any number of signals before it looks count as one.
    func signal() {
        _ = eventfd_write(descriptor, 1)
    }

    /// Forgets the signals so far.
    func clear() {
        var count: eventfd_t = 0
        _ = eventfd_read(descriptor, &count)
    }

    deinit {
        close(descriptor)
    }
}
