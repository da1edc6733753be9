import Synchronization

/// One immutable value that is read often and replaced whole: readers see the value before a change or the one after it.
///
/// The lock is held for the copy of one reference, by readers and the writer alike; never across work.
final class Snapshot<Value: Sendable>: Sendable {
    private final class Box: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private let box: Mutex<Box>

    init(_ value: Value) {
        box = Mutex(Box(value))
    }

    /// The value now.
    var current: Value { box.withLock { $0 }.value }

    /// Lends the value now: what it holds is neither copied nor counted.
    func read<Result>(_ body: (borrowing Value) -> Result) -> Result {
        let box = box.withLock { $0 }
        return body(box.value)
    }

    /// Replaces the value.
    func replace(with value: Value) {
        let next = Box(value)
        box.withLock { $0 = next }
    }
}
