import Foundation

/// Where threads wait until all have come, so that they begin at once.
final class StartingLine: @unchecked Sendable {
    // tidy:allow unchecked because a condition cannot say that it guards the count
    // Safe to share: the count is touched under the condition's lock only.
    private let condition = NSCondition()
    private var missing: Int

    init(_ count: Int) { missing = count }

    /// Comes to the line, and waits for the others.
    func wait() {
        condition.lock()
        defer { condition.unlock() }
        missing -= 1
        if missing == 0 { condition.broadcast() }
        while missing > 0 { condition.wait() }
    }
}
