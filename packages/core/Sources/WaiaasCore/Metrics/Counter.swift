import Synchronization

/// A number that only grows while the process lives: one atomic addition a count, no lock, no allocation.
///
/// Whoever counts something holds the counter; a scrape reads it.
public final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    /// A counter at zero.
    public init() {}

    /// Counts one, or several at once.
    public func add(_ amount: UInt64 = 1) { count.wrappingAdd(amount, ordering: .relaxed) }

    /// The number now.
    public var value: UInt64 { count.load(ordering: .relaxed) }
}
