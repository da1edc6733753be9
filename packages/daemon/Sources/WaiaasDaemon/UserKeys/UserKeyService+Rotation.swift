import WaiaasCore
import WaiaasCrypto

/// The story of a rotation of the user ring: staged, known to everybody, active; the key before it retires, then ends.
extension UserKeyService {
    /// Publishes a next key. It signs by itself once nobody can hold an older copy of the key set.
    ///
    /// - Throws: ``RotationRefusal/alreadyStaged(_:wait:)``; ``StoreError`` if it could not be made durable. Nothing has changed then.
    func stageNextKey(by actor: AuditActor, requestID: String?) async throws -> UserRing {
        let fresh = try await freshKey()
        return try await change { [policy, clocks] ring, transaction, audit in
            let now = clocks.now
            let next = try ring.staging(fresh.publicHalf.kid, material: fresh, at: now, for: policy.staging(at: now.wall))
            try audit.append(
                AuditEvent(
                    .userKeyStaged, by: actor, requestID: requestID,
                    details: [
                        AuditDetail("kid", fresh.publicHalf.kid.text), AuditDetail("algorithm", fresh.publicHalf.algorithm.rawValue),
                        AuditDetail("signsFrom", (now.wall + policy.staging(at: now.wall)).iso8601),
                    ]), to: transaction)
            return next
        }
    }

    /// What is due by time: keys whose overlap is over go, the staged key becomes active, a next key is staged by the schedule. Called
    /// by the tick.
    func advance() async throws {
        let now = clocks.now
        if ring.hasEndedOverlap(at: now) { try await endRetired() }
        if ring.promotionWait(at: now) == .zero { try await promoteStagedKey() }
        if isRotationDue(at: now) { try await stageBySchedule() }
    }

    /// Whether ``advance()`` has something to do.
    func isDue(at now: Moment) -> Bool {
        ring.hasEndedOverlap(at: now) || ring.promotionWait(at: now) == .zero || isRotationDue(at: now)
    }

    /// Whether the schedule asks for a next key (`auth.rotate_every`).
    ///
    /// It counts from when the key that signs was made, which is stored, so that restarts change nothing. A key that seems to come from
    /// the future was made under a wrong clock: it is due, for nobody knows how old it is.
    private func isRotationDue(at now: Moment) -> Bool {
        let ring = ring
        guard let every = policy.rotateEvery, ring.staged == nil else { return false }
        guard let createdAt = ring.active.createdAt else { return true }
        let age = now.wall - createdAt
        return age >= every || age < .zero - Overlap.tolerance
    }

    private func stageBySchedule() async throws {
        do {
            _ = try await stageNextKey(by: .system, requestID: nil)
        } catch RotationRefusal.alreadyStaged {
            // The operator was quicker.
        }
    }

    /// Makes the staged key sign. The key before verifies until the last end of what it signed; its private half is destroyed.
    private func promoteStagedKey() async throws {
        _ = try await change { [self] ring, transaction, audit in
            let now = clocks.now
            let overlap = try lastEnd(of: ring.active.kid, in: transaction) - now.wall
            let next = try ring.promoted(at: now, overlap: max(.zero, overlap)) { $0.withoutPrivateHalf }
            try audit.append(
                AuditEvent(
                    .userKeyRotated, by: .system,
                    details: [
                        AuditDetail("kid", next.active.kid.text), AuditDetail("previousKid", ring.active.kid.text),
                        AuditDetail("previousExpiry", (now.wall + max(.zero, overlap)).iso8601),
                    ]), to: transaction)
            return next
        }
        log.info("user key rotated", ["kid": LogValue(ring.active.kid)])
    }

    /// The last end of a token that a key signed, with the leeway that its verification has.
    private func lastEnd(of kid: KeyID, in transaction: any StoreTransaction) throws -> WallTime {
        let familyless = (policy.isShared ? clocks.now.wall : familyless.lastSigned) + policy.longestLife
        return max(try transaction.latestAccessExpiry(signedBy: kid) ?? familyless, familyless) + SessionLimits.leeway
    }

    private func endRetired() async throws {
        _ = try await change { [clocks] ring, transaction, audit in
            guard let next = ring.purged(at: clocks.now) else { return ring }
            let kept = Set(next.retirees.map(\.kid))
            for key in ring.retirees where !kept.contains(key.kid) {
                try audit.append(
                    AuditEvent(.userKeyRetired, by: .system, details: [AuditDetail("kid", key.kid.text)]), to: transaction)
            }
            return next
        }
    }

    /// Makes a fresh key the only one at once, after a leak: whatever was signed or staged before stops verifying here. Verifiers with a
    /// copy of the key set go on until they fetch it again; the answer says so.
    func cutKeys(by actor: AuditActor, requestID: String?) async throws -> UserRing {
        let fresh = try await freshKey()
        return try await change { [clocks] ring, transaction, audit in
            let next = try ring.cut(to: fresh.publicHalf.kid, material: fresh, at: clocks.now)
            let tainted = ring.verifyingKeys(at: clocks.now).map(\.kid.text).joined(separator: " ")
            try audit.append(
                AuditEvent(
                    .userKeyRotated, by: actor, requestID: requestID,
                    details: [
                        AuditDetail("kid", next.active.kid.text), AuditDetail("tainted", tainted), AuditDetail("compromised", "true"),
                    ]), to: transaction)
            return next
        }
    }

    /// Takes out a key that does not sign: a retiring one whose time is cut short, or a staged one that shall not come.
    ///
    /// - Parameter isTainted: whether it is taken out because it leaked; the record says so.
    func remove(_ kid: KeyID, isTainted: Bool, by actor: AuditActor, requestID: String?) async throws -> UserRing {
        try await change { ring, transaction, audit in
            let next = try ring.without(kid)
            try audit.append(
                AuditEvent(
                    isTainted ? .userKeyTainted : .userKeyRetired, by: actor, requestID: requestID,
                    details: [AuditDetail("kid", kid.text)]), to: transaction)
            return next
        }
    }

    /// One change of the ring: alone in the writer, compared by epoch, sealed anew, recorded; the snapshot after the commit.
    private func change(
        _ change: @escaping @Sendable (UserRing, any StoreTransaction, AuditTrail) throws -> UserRing
    ) async throws -> UserRing {
        try await store.writeAlone { [self] transaction in
            let ring = ring
            guard try storage.epoch(in: transaction) == ring.epoch else { throw StoreError.foreignWriter }
            let next = try change(ring, transaction, audit)
            if next.epoch != ring.epoch { try storage.save(next, to: transaction) }
            return next
        } committed: { [snapshot] ring in
            snapshot.replace(with: Published(ring))
        }
    }
}
