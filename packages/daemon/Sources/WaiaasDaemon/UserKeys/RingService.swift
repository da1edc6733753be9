import WaiaasAPI
import WaiaasCore
import WaiaasCrypto

/// What the operator does with the rings of key pairs: look, rotate, take a key out.
struct RingService: Sendable {
    let users: UserKeyService
    let audit: AuditKeyService
    let clocks: Clocks

    /// The keys of a ring.
    func report(_ ring: RingName) async throws -> RingReport {
        switch ring {
        case .user: RingReport(ring: .user, keys: keys(of: users.ring))
        case .audit: RingReport(ring: .audit, keys: try await audit.keys())
        }
    }

    /// Rotates a ring, or says what that would do.
    func rotate(_ ring: RingName, compromised: Bool, isDryRun: Bool, for caller: Caller) async throws -> KeyRotationAnswer {
        switch (ring, isDryRun) {
        case (.user, true):
            // What would be refused is not forecast as if it were not.
            if !compromised, let staged = users.ring.staged {
                throw RotationRefusal.alreadyStaged(staged.kid, wait: users.ring.promotionWait(at: clocks.now) ?? .zero)
            }
            return KeyRotationAnswer(
                ring: .user, dryRun: true, timeline: timeline(compromised: compromised, from: users.ring, at: clocks.now.wall),
                keys: keys(of: users.ring))
        case (.user, false):
            let before = users.ring
            let next =
                compromised
                ? try await users.cutKeys(by: caller.actor, requestID: caller.requestID)
                : try await users.stageNextKey(by: caller.actor, requestID: caller.requestID)
            // Counted from when the key stood in the ring: making an RSA key takes its time.
            let fresh = next.staged ?? next.active
            let steps = timeline(compromised: compromised, from: before, at: fresh.createdAt ?? clocks.now.wall)
            return KeyRotationAnswer(ring: .user, dryRun: false, kid: fresh.kid, timeline: steps, keys: keys(of: next))
        case (.audit, true): return KeyRotationAnswer(ring: .audit, dryRun: true, timeline: auditTimeline, keys: try await audit.keys())
        case (.audit, false):
            let rotation = try await audit.rotate(for: caller)
            let unwritten =
                rotation.isInFile
                ? []
                : [
                    PlannedStep(
                        at: clocks.now.wall,
                        event:
                            "the checkpoint file could not be written; it gets the key's line as soon as it can be, and at the next start")
                ]
            return KeyRotationAnswer(
                ring: .audit, dryRun: false, kid: rotation.kid, timeline: auditTimeline + unwritten, keys: try await audit.keys())
        }
    }

    /// Takes a key out of the user ring.
    ///
    /// - Throws: ``RotationRefusal``; a key of the audit ring is needed for as long as there is a log.
    func remove(_ kid: KeyID, from ring: RingName, isTainted: Bool, for caller: Caller) async throws -> RingReport {
        guard ring == .user else {
            throw Problem(
                .keySigns, message: "A key of the audit ring stays: records are verified with it.",
                hint: "Rotate the ring; the key signs nothing more then.")
        }
        let next = try await users.remove(kid, isTainted: isTainted, by: caller.actor, requestID: caller.requestID)
        return RingReport(ring: .user, keys: keys(of: next))
    }

    /// - Parameters:
    ///   - ring: as it was before.
    ///   - now: when the fresh key comes in.
    private func timeline(compromised: Bool, from ring: UserRing, at now: WallTime) -> [PlannedStep] {
        if compromised {
            let ended = ring.verifyingKeys(at: clocks.now).map {
                PlannedStep(
                    at: now, event: "\($0.kid) stops verifying here; who holds a copy of the key set goes on until it is fetched again")
            }
            return [PlannedStep(at: now, event: "a fresh key signs")] + ended
        }
        let signs = now + users.policy.staging(at: now)
        return [
            PlannedStep(at: now, event: "a next key is published; \(ring.active.kid) goes on signing"),
            PlannedStep(at: signs, event: "the next key signs; the private half of \(ring.active.kid) is destroyed"),
            PlannedStep(
                at: signs + users.policy.longestLife + SessionLimits.leeway,
                event: "at the latest \(ring.active.kid) stops verifying: the last token that it signed has ended"),
        ]
    }

    private var auditTimeline: [PlannedStep] {
        [PlannedStep(at: clocks.now.wall, event: "a fresh key signs checkpoints; the key before vouches for it")]
    }

    private func keys(of ring: UserRing) -> [KeySummary] {
        ([ring.active] + (ring.staged.map { [$0] } ?? []) + ring.retirees).map { key in
            KeySummary(
                kid: key.kid, algorithm: key.material.publicHalf.algorithm.rawValue,
                state: KeyStateName(key.state), createdAt: key.createdAt,
                signsFrom: key.staging.map { $0.endsAt }, verifiesUntil: key.overlap.map { $0.endsAt })
        }
    }
}

extension KeyStateName {
    /// The state as the API names it.
    init(_ state: KeyState) {
        self =
            switch state {
            case .staged: .staged
            case .active: .active
            case .retiring: .retiring
            }
    }
}
