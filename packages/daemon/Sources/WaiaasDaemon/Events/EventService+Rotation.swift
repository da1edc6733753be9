import WaiaasCore
import WaiaasCrypto
import WaiaasEvents

/// The changes that a rotation of the event secret consists of. Each is one transaction with its record.
extension EventService {
    /// Begins a rotation: the new key is made, sealed and known here before any target sees it.
    ///
    /// - Throws: `EVENT_ROTATION_RUNNING`.
    func beginRotation(window: Duration, by actor: AuditActor, requestID: String?) async throws -> EventRotation {
        let fresh = try EventSecret.generate()
        return try await begin(.ordinary, window: window, to: fresh.kid, by: actor, requestID) { ring, now in
            try ring.staging(fresh.kid, material: fresh, at: now, for: .zero)
        }
    }

    /// The answer to a leak: a fresh key signs at once, and every key of before is refused at once, a staged one too. A rotation that runs
    /// ends here.
    func cut(by actor: AuditActor, requestID: String?) async throws -> EventRotation {
        let fresh = try EventSecret.generate()
        return try await begin(.compromised, window: .zero, to: fresh.kid, by: actor, requestID) { ring, now in
            try ring.cut(to: fresh.kid, material: fresh, at: now)
        }
    }

    /// Lets the key before sign again, while it verifies; the one that had taken its place retires for the same window.
    ///
    /// - Throws: `EVENT_ROTATION_NOT_RUNNING`, `EVENT_KEY_ENDED`.
    func rollBack(by actor: AuditActor, requestID: String?) async throws -> EventRotation {
        let state = state
        guard let job = state.rotation, job.step.isPromoted, job.to == state.ring.active.kid else {
            throw Problem(.eventRotationNotRunning)
        }
        guard let before = state.ring.retirees.first, before.overlap?.covers(clocks.now) == true else { throw Problem(.eventKeyEnded) }
        return try await begin(.rollback, window: job.window, to: before.kid, by: actor, requestID) { ring, now in
            try ring.reinstated(at: now, overlap: job.window)
        }
    }

    private func begin(
        _ kind: EventRotation.Kind, window: Duration, to kid: KeyID, by actor: AuditActor, _ requestID: String?,
        changing ring: @escaping @Sendable (EventRing, Moment) throws -> EventRing
    ) async throws -> EventRotation {
        let id = EventRotation.ID(at: clocks.now.wall, randomness: randomness)
        let after = try await change { [clocks] state in
            let now = clocks.now
            if kind == .ordinary, let running = state.runningRotation { throw Problem(.eventRotationRunning, details: running.detail) }
            if kind != .compromised, state.isRestored { throw Problem(.eventKeysRestored) }
            let job = EventRotation(
                id: id, kind: kind, from: state.ring.active.kid, to: kid, window: window, initiator: actor.description, at: now.wall,
                after: state.rotation)
            var next = state
            do {
                next.ring = try ring(state.ring, now)
            } catch RotationRefusal.notStaged {
                throw Problem(.eventKeyEnded)
            }
            next.rotation = job
            next.isRestored = false
            var events = [job.event(.eventRotationStarted, by: actor, requestID)]
            if kind != .ordinary { events.append(job.event(.eventSecretRotated, by: actor, requestID)) }
            if let superseded = state.runningRotation {
                let ended = superseded.moved(to: .rolledBack, at: now.wall)
                events.insert(ended.event(.eventRotationEnded, by: actor, requestID, AuditDetail("supersededBy", id.description)), at: 0)
            }
            return (next, events)
        }
        // Nobody can have changed it since: it was this very change.
        guard let job = after.rotation else { throw Problem(.internalError) }
        return job
    }

    /// Goes on to the next step of the rotation that runs.
    ///
    /// - Parameters:
    ///   - job: as whoever decided it saw it; another one in its place means that somebody was quicker, and nothing is done.
    ///   - late: who had not followed when the window ended.
    func move(_ job: EventRotation, to step: EventRotationStep, duration: Duration, late: [String] = []) async throws {
        try await change { [clocks] state in
            guard state.rotation == job else { return nil }
            let now = clocks.now
            var next = state
            let moved = job.moved(to: step, at: now.wall)
            next.rotation = moved
            var details = [AuditDetail("durationMs", duration.wholeMilliseconds)]
            if !late.isEmpty { details.append(AuditDetail("missing", late.joined(separator: ","))) }
            switch step {
            case .promoted:
                next.ring = try state.ring.promoted(at: now, overlap: job.window) { $0 }
                details.append(AuditDetail("previousExpiry", (now.wall + job.window).iso8601))
            case .rolledBack, .failed: if case .failed(let reason) = job.withdrawal { details.append(AuditDetail("reason", reason)) }
            case .planned, .staged, .stageAcknowledged, .promoteAcknowledged, .retired: break
            }
            return (next, [moved.event(step.record, by: .system, nil, details)])
        }
    }

    /// Stands still: somebody is missing.
    func halt(_ job: EventRotation, missing names: [String]) async throws {
        try await change { [clocks] state in
            guard state.rotation == job else { return nil }
            var next = state
            next.rotation = job.halted(missing: names, at: clocks.now.wall)
            return (next, [job.event(.eventRotationHalted, by: .system, nil, [AuditDetail("missing", names.joined(separator: ","))])])
        }
    }

    /// Goes on after it stood still, or no longer waits for somebody.
    ///
    /// - Throws: `EVENT_ROTATION_NOT_RUNNING`.
    func resume(without names: [String], by actor: AuditActor, requestID: String?) async throws -> EventRotation {
        let after = try await change { [clocks] state in
            guard let job = state.runningRotation, job.withdrawal == nil else { throw Problem(.eventRotationNotRunning) }
            var next = state
            next.rotation = job.resumed(without: names, at: clocks.now.wall)
            let details = [AuditDetail("without", names.joined(separator: ","))]
            return (next, [job.event(.eventRotationResumed, by: actor, requestID, details)])
        }
        guard let job = after.rotation else { throw Problem(.eventRotationNotRunning) }
        return job
    }

    /// Takes a rotation back before its key signs: the staged key goes at once; the targets follow.
    ///
    /// - Throws: `EVENT_ROTATION_NOT_RUNNING`, `EVENT_KEY_SIGNS`.
    func withdraw(
        _ seen: EventRotation? = nil, because withdrawal: EventRotation.Withdrawal, by actor: AuditActor, requestID: String?
    ) async throws -> EventRotation {
        let after = try await change { [clocks] state in
            guard let job = state.runningRotation else { throw Problem(.eventRotationNotRunning) }
            if let seen, seen != job { return nil }
            if job.step.isPromoted { throw Problem(.eventKeySigns) }
            guard job.withdrawal == nil else { return nil }
            var next = state
            if let staged = state.ring.staged { next.ring = try state.ring.without(staged.kid) }
            next.rotation = job.withdrawn(withdrawal, at: clocks.now.wall)
            var details: [AuditDetail] = []
            if case .failed(let reason) = withdrawal { details.append(AuditDetail("reason", reason)) }
            return (next, [job.event(.eventRotationWithdrawn, by: actor, requestID, details)])
        }
        guard let job = after.rotation else { throw Problem(.eventRotationNotRunning) }
        return job
    }
}

extension EventRotation {
    /// A record about this rotation.
    func event(_ name: AuditEventName, by actor: AuditActor, _ requestID: String?, _ more: AuditDetail...) -> AuditEvent {
        event(name, by: actor, requestID, more)
    }

    /// A record about this rotation.
    func event(_ name: AuditEventName, by actor: AuditActor, _ requestID: String?, _ more: [AuditDetail]) -> AuditEvent {
        AuditEvent(
            name, by: actor, requestID: requestID,
            details: [
                AuditDetail("rotationId", id.description), AuditDetail("kind", kind.rawValue), AuditDetail("step", step.rawValue),
                AuditDetail("kid", to.text), AuditDetail("previousKid", from.text), AuditDetail("initiator", initiator),
                AuditDetail("windowSeconds", window.secondsRoundedUp),
            ] + more)
    }

    /// What a refusal says about it.
    var detail: DetailValue {
        ["rotationId": .string(id.description), "step": .string(step.rawValue), "missing": .array(missing.map(DetailValue.string))]
    }
}

extension EventRotationStep {
    /// How the audit log names coming so far.
    fileprivate var record: AuditEventName {
        switch self {
        case .planned: .eventRotationStarted
        case .staged: .eventKeyStaged
        case .stageAcknowledged: .eventStageAcknowledged
        case .promoted: .eventSecretRotated
        case .promoteAcknowledged: .eventPromotionAcknowledged
        case .retired: .eventKeyRetired
        case .rolledBack, .failed: .eventRotationEnded
        }
    }
}
