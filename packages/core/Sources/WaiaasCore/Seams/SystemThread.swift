import Glibc

/// A thread of the system's own, for work that blocks or waits: never for work that Swift's few shared threads can do.
public enum SystemThread {
    /// Starts a thread that runs `body` to its end; nobody waits for it.
    ///
    /// - Parameter body: what it does.
    /// - Returns: false if the system has no thread left; `body` does not run then.
    @discardableResult
    public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        // The box is retained here and released by the thread, which takes it over.
        let box = unsafe Unmanaged.passRetained(Box(body))
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
            return false
        }
        pthread_detach(thread)
        return true
    }

    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
