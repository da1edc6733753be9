import Dispatch

/// Holds the writer's thread inside a change, so that what comes next waits in one batch.
final class Gate: Sendable {
    private let entered = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    /// Called inside the change: says that it is there, and waits.
    func pass() {
        entered.signal()
        opened.wait()
    }

    /// Waits until the change is at the gate.
    func waitUntilReached() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [entered] in
                entered.wait()
                continuation.resume()
            }
        }
    }

    /// Lets the change go on.
    func open() { opened.signal() }
}
