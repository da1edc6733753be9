import WaiaasCore
import WaiaasCrypto

/// The story of a rotation, from the request to the answer.
extension JwtSecretManager {
    /// What a rotation came to.
    struct Rotation: Sendable {
        /// The ring after it.
        let ring: SessionRing
        /// When it happened.
        let rotatedAt: WallTime
        /// The kid that signed before.
        let previousKid: KeyID
        /// The sessions that ended with it; none for an ordinary rotation.
        let sessionsCut: [SessionID]
    }

    /// Makes 32 fresh bytes the current secret; the one before stays valid for the window (seed 000).
    ///
    /// One transaction: the cooldown is checked, the stored epoch compared, the ring written, the audit record appended. The
    /// snapshot is swapped after the durable commit. When this returns, no answer carries a token of the secret before.
    ///
    /// - Parameters:
    ///   - actor: who asked.
    ///   - requestID: the request it came with.
    /// - Throws: ``RotationRefusal`` in the cooldown, ``StoreError`` if it could not be made durable; nothing has changed then.
    func rotateJwtSecret(by actor: AuditActor, requestID: String?) async throws -> Rotation {
        let rotation = try await store.writeAlone { [self] transaction in
            let now = clocks.now
            let before = try droppingEndedSecret(of: try ringAsStored(in: transaction), at: now, in: transaction)
            let fresh = try SigningSecret.generate()
            let ring = try before.rotated(to: fresh.kid, material: fresh, at: now, policy: Self.policy)
            try storage.save(ring, to: transaction)
            try audit.append(
                AuditEvent(
                    .secretRotated, by: actor, requestID: requestID,
                    details: [
                        AuditDetail("kid", ring.active.kid.text), AuditDetail("previousKid", before.active.kid.text),
                        AuditDetail("previousExpiry", (now.wall + Self.policy.overlap).iso8601),
                    ]),
                to: transaction)
            return Rotation(ring: ring, rotatedAt: now.wall, previousKid: before.active.kid, sessionsCut: [])
        } committed: { [snapshot] rotation in
            snapshot.replace(with: rotation.ring)
        }
        rotations.add()
        log.info(
            "session secret rotated",
            [
                "kid": LogValue(rotation.ring.active.kid), "previousKid": LogValue(rotation.previousKid),
                "requestId": LogValue(requestID ?? ""),
            ])
        return rotation
    }

    /// Makes a fresh secret the only one at once, after a leak: both old ones stop verifying, and the sessions they signed end.
    ///
    /// Allowed in the cooldown; an ordinary rotation may follow at once.
    func cutJwtSecret(by actor: AuditActor, requestID: String?) async throws -> Rotation {
        let cut = try await store.writeAlone { [self] transaction in
            let now = clocks.now
            let before = try droppingEndedSecret(of: try ringAsStored(in: transaction), at: now, in: transaction)
            let fresh = try SigningSecret.generate()
            let ring = try before.cut(to: fresh.kid, material: fresh, at: now)
            try storage.save(ring, to: transaction)
            let tainted = [before.active.kid, before.retiring?.kid].compactMap { $0?.text }.joined(separator: " ")
            try audit.append(
                AuditEvent(
                    .secretRotated, by: actor, requestID: requestID,
                    details: [
                        AuditDetail("kid", ring.active.kid.text), AuditDetail("tainted", tainted), AuditDetail("compromised", "true"),
                    ]),
                to: transaction)
            return Rotation(ring: ring, rotatedAt: now.wall, previousKid: before.active.kid, sessionsCut: [])
        } committed: { [snapshot] rotation in
            snapshot.replace(with: rotation.ring)
        }
        cuts.add()
        log.warn(
            "session secret cut after a leak",
            ["kid": LogValue(cut.ring.active.kid), "tainted": LogValue(cut.previousKid), "requestId": LogValue(requestID ?? "")])
        // Every token is dead by now; this says so in the store, however many there are.
        let ended = try await stranded.end(after: cut.ring, reason: "the secret was cut after a leak")
        return Rotation(ring: cut.ring, rotatedAt: cut.rotatedAt, previousKid: cut.previousKid, sessionsCut: ended)
    }

    /// Drops the secret before if its window is over: from the store, from memory, with its record. Called by the tick and at start.
    ///
    /// - Parameter loadedWithout: the kid of a secret that the load left out because its clock could not be trusted.
    func purgeEndedSecret(loadedWithout dropped: KeyID? = nil) async throws {
        guard dropped != nil || ring.hasEndedOverlap(at: clocks.now) else { return }
        let ring = try await store.writeAlone { [self] transaction -> SessionRing in
            let before = try ringAsStored(in: transaction)
            if let dropped {
                let ring = SessionRing(epoch: before.epoch &+ 1, active: before.active)
                try storage.save(ring, to: transaction)
                try recordEnd(of: dropped, in: transaction)
                return ring
            }
            let ring = try droppingEndedSecret(of: before, at: clocks.now, in: transaction)
            if ring.epoch != before.epoch { try storage.save(ring, to: transaction) }
            return ring
        } committed: { [snapshot] ring in
            snapshot.replace(with: ring)
        }
        log.info("previous session secret ended", ["kid": LogValue(ring.active.kid)])
    }

    /// What a rotation would do now.
    func forecast(compromised: Bool) -> RotationForecast {
        RotationForecast(of: ring, at: clocks.now, policy: Self.policy, compromised: compromised)
    }

    /// The ring in memory, once the store has confirmed that it still holds the same epoch: the compare of the compare-and-swap.
    private func ringAsStored(in transaction: any StoreTransaction) throws -> SessionRing {
        let ring = snapshot.current
        guard try storage.epoch(in: transaction) == ring.epoch else { throw StoreError.foreignWriter }
        return ring
    }

    private func droppingEndedSecret(
        of ring: SessionRing, at now: Moment, in transaction: any StoreTransaction
    ) throws -> SessionRing {
        guard let purged = ring.purged(at: now), let ended = ring.retiring else { return ring }
        try recordEnd(of: ended.kid, in: transaction)
        return purged
    }

    private func recordEnd(of kid: KeyID, in transaction: any StoreTransaction) throws {
        try audit.append(AuditEvent(.previousSecretExpired, by: .system, details: [AuditDetail("kid", kid.text)]), to: transaction)
    }
}
