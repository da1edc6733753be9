import WaiaasCore

/// The ring in force, which readers take whole and the store's writer replaces.
final class RingSnapshot: Sendable {
    /// Verifications of tokens that no key of the ring signed.
    let foreign = VerificationTally()

    private let snapshot: Snapshot<CountedRing>

    init(_ ring: SessionRing) {
        snapshot = Snapshot(CountedRing(ring))
    }

    /// The ring now.
    var current: SessionRing { counted.ring }

    /// The ring now, with its tallies.
    var counted: CountedRing { snapshot.current }

    /// Lends the ring and its tallies for a short look.
    func read<Answer>(_ body: (CountedRing) -> Answer) -> Answer { snapshot.read { body($0) } }

    /// Replaces the ring. Called by the store's one writer alone, after the durable commit.
    func replace(with ring: SessionRing) { snapshot.replace(with: counted.followed(by: ring)) }
}
