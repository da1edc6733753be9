import Synchronization

/// The word to stop: given once, by a signal or by the operator, and waited for by whoever runs the daemon.
final class StopRequest: Sendable {
    private enum State {
        case waiting(CheckedContinuation<Void, Never>?)
        case requested
    }

    private let state = Mutex(State.waiting(nil))

    /// Gives the word.
    ///
    /// - Returns: false if it was given before.
    @discardableResult
    func request() -> Bool {
        let waiter: CheckedContinuation<Void, Never>?? = state.withLock { state in
            guard case .waiting(let waiter) = state else { return nil }
            state = .requested
            return .some(waiter)
        }
        guard let waiter else { return false }
        waiter?.resume()
        return true
    }

    /// Returns once the word was given.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isRequested = state.withLock { state in
                if case .requested = state { return true }
                state = .waiting(continuation)
                return false
            }
            if isRequested { continuation.resume() }
        }
    }
}
