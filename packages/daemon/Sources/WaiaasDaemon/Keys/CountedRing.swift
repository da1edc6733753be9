import WaiaasCore

/// A ring with a tally for each of its keys, as one value: a verification that has found its key has found where to count.
final class CountedRing: Sendable {
    /// The keys.
    let ring: SessionRing
    private let active: VerificationTally
    private let retiring: VerificationTally

    /// A ring at a start.
    convenience init(_ ring: SessionRing) {
        self.init(ring, active: VerificationTally(), retiring: VerificationTally())
    }

    private init(_ ring: SessionRing, active: VerificationTally, retiring: VerificationTally) {
        self.ring = ring
        self.active = active
        self.retiring = retiring
    }

    /// The ring after a change: a key that stays keeps its tally, one that goes takes it along.
    func followed(by next: SessionRing) -> CountedRing {
        CountedRing(
            next, active: tally(of: next.active.kid), retiring: next.retiring.map { tally(of: $0.kid) } ?? VerificationTally())
    }

    /// Where verifications by the ring's key of a state are counted.
    func tally(of state: KeyState) -> VerificationTally { state == .active ? active : retiring }

    private func tally(of kid: KeyID) -> VerificationTally {
        if kid == ring.active.kid { return active }
        return kid == ring.retiring?.kid ? retiring : VerificationTally()
    }
}
