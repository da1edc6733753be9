/// The keys of one purpose, as one immutable value: a reader sees a whole ring or the one before it, never a mixture.
///
/// All changes are pure functions that return a new ring; who holds the current one swaps it (design 2.1). A ring that nobody outside
/// verifies with rotates at once (``rotated(to:material:at:policy:)``); one whose keys are published stages the next key first
/// (`KeyRing+Staging.swift`).
public struct KeyRing<Material: Sendable>: Sendable {
    /// Counts the changes of the ring; every change raises it by one.
    public let epoch: UInt64
    /// The key that signs. There is always exactly one.
    public let active: Key<Material>
    /// The key that will sign next, while it is being made known.
    public let staged: Key<Material>?
    /// The keys before the active one while their overlaps last, the youngest first.
    public let retirees: [Key<Material>]
    /// The rotation that the cooldown counts from; kept apart from the overlap, which a wall clock may shorten.
    let lastRotation: Overlap?

    /// A ring as it was stored, or a first one.
    ///
    /// - Parameters:
    ///   - epoch: the stored count of changes, 0 for a new ring.
    ///   - active: the key that signs.
    ///   - staged: the key that will sign next.
    ///   - retirees: the keys before, with their overlaps, the youngest first.
    public init(epoch: UInt64, active: Key<Material>, staged: Key<Material>? = nil, retirees: [Key<Material>] = []) {
        self.init(epoch: epoch, active: active, staged: staged, retirees: retirees, lastRotation: retirees.first?.overlap)
    }

    /// A ring with one key before the active one at most.
    public init(epoch: UInt64, active: Key<Material>, retiring: Key<Material>?) {
        self.init(epoch: epoch, active: active, retirees: retiring.map { [$0] } ?? [])
    }

    init(epoch: UInt64, active: Key<Material>, staged: Key<Material>?, retirees: [Key<Material>], lastRotation: Overlap?) {
        self.epoch = epoch
        self.active = active
        self.staged = staged
        self.retirees = retirees
        self.lastRotation = lastRotation
    }

    /// The key before the active one, while its overlap lasts.
    public var retiring: Key<Material>? { retirees.first }

    /// The key that verifies a token which names this kid, at this moment; nil for a foreign or an ended one.
    public func verifyingKey(named kid: KeyID, at moment: Moment) -> Key<Material>? {
        switch verifyingState(of: kid, at: moment) {
        case .active: active
        case .retiring: retirees.first { $0.kid == kid }
        case .staged: staged
        case nil: nil
        }
    }

    /// Whether a key verifies at this moment, and as which; nil for a foreign or an ended one.
    ///
    /// Inlinable, because it is asked with every token, and an unspecialised generic copies the whole key.
    @inlinable
    public func verifyingState(of kid: KeyID, at moment: Moment) -> KeyState? {
        if active.kid == kid { return .active }
        for key in retirees where key.kid == kid { return key.overlap?.covers(moment) == true ? .retiring : nil }
        return staged?.kid == kid ? .staged : nil
    }

    /// The keys that verify at this moment: the active one first, the order in which a token without a kid is tried; the staged one last.
    public func verifyingKeys(at moment: Moment) -> [Key<Material>] {
        [active] + retirees.filter { $0.overlap?.covers(moment) == true } + (staged.map { [$0] } ?? [])
    }

    /// Whether a retiring key's time is over, so that it must be dropped.
    public func hasEndedOverlap(at moment: Moment) -> Bool {
        retirees.contains { $0.overlap?.covers(moment) == false }
    }
}

extension KeyRing {
    /// Makes a new key active; the one before retires for the policy's overlap.
    ///
    /// A retiring key whose time has ended must be dropped first with ``purged(at:)``, so that its end is recorded. One that
    /// is exactly at its end yields to the new rotation.
    ///
    /// - Parameters:
    ///   - kid: the fresh key's name.
    ///   - material: the fresh key.
    ///   - moment: now, on both clocks.
    /// - Throws: ``RotationRefusal`` while the cooldown lasts.
    public func rotated(
        to kid: KeyID, material: Material, at moment: Moment, policy: RotationPolicy
    ) throws(RotationRefusal) -> KeyRing {
        try refuseRepeated(kid)
        if let wait = cooldownLeft(at: moment, policy: policy) {
            throw .tooRecent(wait: wait, previousEndsAt: hasEndedOverlap(at: moment) ? nil : retiring?.overlap?.endsAt)
        }
        let overlap = Overlap(startingAt: moment, length: policy.overlap)
        return KeyRing(
            epoch: epoch &+ 1, active: Key(active: kid, material: material, createdAt: moment.wall), staged: nil,
            retirees: [active.retired(over: overlap)], lastRotation: overlap)
    }

    /// Makes a new key active and forgets all others at once, the staged one too: the answer to a suspected leak. No cooldown applies
    /// or follows.
    public func cut(to kid: KeyID, material: Material, at moment: Moment) throws(RotationRefusal) -> KeyRing {
        try refuseRepeated(kid)
        return KeyRing(epoch: epoch &+ 1, active: Key(active: kid, material: material, createdAt: moment.wall))
    }

    /// Drops the retiring keys whose time is over; nil when there is none.
    public func purged(at moment: Moment) -> KeyRing? {
        guard hasEndedOverlap(at: moment) else { return nil }
        return KeyRing(
            epoch: epoch &+ 1, active: active, staged: staged, retirees: retirees.filter { $0.overlap?.covers(moment) != false },
            lastRotation: lastRotation)
    }

    /// How long until an ordinary rotation is allowed; nil when it is allowed now.
    public func cooldownLeft(at moment: Moment, policy: RotationPolicy) -> Duration? {
        guard let lastRotation else { return nil }
        let elapsed = lastRotation.elapsedContinuously(at: moment)
        return elapsed < policy.cooldown ? policy.cooldown - elapsed : nil
    }

    func refuseRepeated(_ kid: KeyID) throws(RotationRefusal) {
        if kid == active.kid || kid == staged?.kid || retirees.contains(where: { $0.kid == kid }) { throw .repeatedKey(kid) }
    }
}
