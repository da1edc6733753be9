import Synchronization

/// The address the daemon listens at: known only after the services that tell it were made.
final class LateAddress: Sendable {
    private let text = Mutex("")

    /// The address, empty until it is bound.
    var current: String { text.withLock { $0 } }

    /// Takes over the address as bound.
    func set(_ address: String) { text.withLock { $0 = address } }
}
