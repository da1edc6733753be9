import CMicroHTTPD
import Glibc

/// A thread of its own, outside Swift's pool, for work that blocks.
enum Thread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that runs `body`; it must be joined. It inherits the caller's signal mask.
    ///
    /// - Parameter name: At most 15 bytes, as `ps -T` shows it.
    /// - Returns: The thread, or nil if the system has no room for one.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) -> pthread_t? {
        // The new thread takes the reference over; if there is none, it is taken back here.
        let boxed = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, boxed.toOpaque())
        guard result == 0 else {
            boxed.release()
            return nil
        }
        pthread_setname_np(thread, name)
        return thread
    }
}
