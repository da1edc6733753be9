/// Rotation of a ring whose public halves others hold copies of: the next key is made known before it signs (design 2.1, user ring).
extension KeyRing {
    /// The ring with a next key that verifies from now on and signs when its staging is over.
    ///
    /// - Parameters:
    ///   - kid: the fresh key's name.
    ///   - material: the fresh key.
    ///   - moment: now, on both clocks.
    ///   - length: how long it must be known before it signs: no less than others may keep an older copy of the ring.
    /// - Throws: ``RotationRefusal/alreadyStaged(_:wait:)`` while a key waits.
    public func staging(
        _ kid: KeyID, material: Material, at moment: Moment, for length: Duration
    ) throws(RotationRefusal) -> KeyRing {
        try refuseRepeated(kid)
        if let staged { throw .alreadyStaged(staged.kid, wait: promotionWait(at: moment) ?? .zero) }
        let key = Key(staged: kid, material: material, createdAt: moment.wall, staging: Overlap(startingAt: moment, length: length))
        return KeyRing(epoch: epoch &+ 1, active: active, staged: key, retirees: retirees, lastRotation: lastRotation)
    }

    /// How long the staged key must still wait, by the continuous clock: a wall clock that jumps ahead must not make a key sign that
    /// nobody knows yet. Zero when it may sign; nil without a staged key.
    public func promotionWait(at moment: Moment) -> Duration? {
        guard let staging = staged?.staging else { return nil }
        return max(.zero, staging.length - staging.elapsedContinuously(at: moment))
    }

    /// Makes the staged key active; the one before retires.
    ///
    /// - Parameters:
    ///   - moment: now, on both clocks.
    ///   - overlap: how long the key before goes on verifying: until the last end of what it signed.
    ///   - kept: what stays of the key before; its private half need not.
    /// - Throws: ``RotationRefusal/notStaged``, ``RotationRefusal/stillStaged(wait:)``.
    public func promoted(
        at moment: Moment, overlap: Duration, keeping kept: (Material) -> Material
    ) throws(RotationRefusal) -> KeyRing {
        guard let staged, let wait = promotionWait(at: moment) else { throw .notStaged }
        guard wait == .zero else { throw .stillStaged(wait: wait) }
        let span = Overlap(startingAt: moment, length: overlap)
        return KeyRing(
            epoch: epoch &+ 1, active: Key(active: staged.kid, material: staged.material, createdAt: staged.createdAt), staged: nil,
            retirees: [active.retired(over: span, keeping: kept(active.material))] + retirees, lastRotation: span)
    }

    /// The ring without one key that does not sign: a staged one that shall not come, a retiring one whose time is cut short.
    ///
    /// - Throws: ``RotationRefusal/signs(_:)`` for the active key, ``RotationRefusal/unknownKey(_:)``.
    public func without(_ kid: KeyID) throws(RotationRefusal) -> KeyRing {
        if kid == active.kid { throw .signs(kid) }
        guard kid == staged?.kid || retirees.contains(where: { $0.kid == kid }) else { throw .unknownKey(kid) }
        return KeyRing(
            epoch: epoch &+ 1, active: active, staged: kid == staged?.kid ? nil : staged, retirees: retirees.filter { $0.kid != kid },
            lastRotation: lastRotation)
    }
}
