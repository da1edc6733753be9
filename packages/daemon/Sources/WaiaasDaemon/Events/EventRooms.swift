import WaiaasAPI
import WaiaasCore
import WaiaasEvents

/// Everything about events that a handler may call.
struct EventRooms: Sendable {
    let service: EventService
    let consumers: EventConsumerService
    let rotator: EventRotator
    /// What consumers said to any of the daemons that share their state.
    let sharedAcknowledgements: SharedAcknowledgements
    /// How long the key before goes on verifying where nothing else is asked for.
    let window: Duration
    /// How long a step may take.
    let deadline: Duration

    /// The keys, the rotation, the consumers, the targets.
    func status() -> EventStatus {
        let state = service.state
        let ring = state.ring
        let keys = [ring.active] + (ring.staged.map { [$0] } ?? []) + ring.retirees
        return EventStatus(
            keys: keys.map {
                EventKeySummary(
                    kid: $0.kid, state: KeyStateName($0.state), createdAt: $0.createdAt, verifiesUntil: $0.overlap.map(\.endsAt))
            },
            rotation: state.rotation.map(report), consumers: consumerStates(),
            targets: rotator.targetStates().map { target, progress in
                EventTargetState(
                    name: target.name, kind: target.kind.rawValue, place: target.place, written: progress.isWritten,
                    writtenAt: progress.writtenAt, fault: progress.fault?.description)
            }, nextRotationAt: rotator.nextRotation, silence: rotator.comparisonFinding)
    }

    /// How all of it does, in a few words.
    func health() -> EventHealth {
        let state = service.state
        let running = state.runningRotation
        var trouble = rotator.comparisonFinding.map { ["nothing is signed, for the keys come from a backup: \($0)"] } ?? []
        if let running, running.isHalted {
            trouble.append("the rotation stands still at \(running.step.rawValue): \(running.missing.joined(separator: ", ")) missing")
        }
        trouble += rotator.targetStates().compactMap { target, progress in progress.fault.map { "target \(target.name): \($0)" } }
        return EventHealth(
            kid: state.ring.active.kid, createdAt: state.ring.active.createdAt, step: running?.step, trouble: trouble,
            nextRotationAt: rotator.nextRotation)
    }

    /// The consumers, by name, with what they have loaded.
    func consumerStates() -> [EventConsumerState] {
        let state = service.state
        let ring = state.ring
        let wanted = Set(ring.verifyingKeys(at: service.clocks.now).map(\.kid))
        return state.consumers.map { consumer in
            // What was said before the consumer was made was said by another of its name.
            let entry = consumers.acknowledgements.entry(of: consumer.name).flatMap { $0.at < consumer.createdAt ? nil : $0 }
            let isCurrent = entry.map { $0.loaded.first == ring.active.kid && wanted.isSubset(of: $0.loaded) }
            return EventConsumerState(
                name: consumer.name, roles: consumer.roles.sorted(), loaded: entry?.loaded, seenAt: entry?.at,
                isCurrent: consumer.roles.contains(.keys) ? isCurrent ?? false : nil)
        }
    }

    /// A rotation as the API shows it.
    func report(_ job: EventRotation) -> EventRotationReport {
        var failure: String?
        if case .failed(let reason) = job.withdrawal { failure = reason }
        return EventRotationReport(
            rotationId: job.id, kind: job.kind, step: job.step, kid: job.to, previousKid: job.from, window: job.window.secondsRoundedUp,
            startedAt: job.startedAt, steppedAt: job.steppedAt, initiator: job.initiator, missing: rotator.missing(in: job),
            halted: job.isHalted, without: job.excused, failure: failure)
    }

    /// Begins a rotation, or says what that would do.
    func rotate(_ choice: EventRotationChoice, for caller: Caller) async throws -> EventRotationAnswer {
        let window = choice.window.map { Duration.seconds($0) } ?? window
        let isCompromised = choice.compromised == true
        let timeline = timeline(window: window, isCompromised: isCompromised)
        if choice.dryRun == true {
            if !isCompromised, let running = service.state.runningRotation {
                throw Problem(.eventRotationRunning, details: running.detail)
            }
            return EventRotationAnswer(dryRun: true, timeline: timeline, waitsFor: waitsFor)
        }
        let job =
            isCompromised
            ? try await service.cut(by: caller.actor, requestID: caller.requestID)
            : try await service.beginRotation(window: window, by: caller.actor, requestID: caller.requestID)
        return EventRotationAnswer(dryRun: false, rotation: report(job), timeline: timeline, waitsFor: waitsFor)
    }

    /// Tries every target without changing anything.
    func checkTargets() async -> EventTargetChecks {
        let (document, now) = (service.state.document, service.clocks.now)
        var checks: [EventTargetCheck] = []
        for target in rotator.targets {
            var (isFine, finding) = (true, "")
            do {
                finding = try await target.check(document, at: now)
            } catch {
                isFine = false
                finding = (error as? EventTargetError)?.description ?? "\(type(of: error))"
            }
            checks.append(
                EventTargetCheck(name: target.name, kind: target.kind.rawValue, place: target.place, ok: isFine, finding: finding))
        }
        return EventTargetChecks(targets: checks)
    }

    private var waitsFor: [String] {
        rotator.targets.map(\.name) + service.state.consumers.filter { $0.roles.contains(.keys) }.map(\.name.text)
    }

    private func timeline(window: Duration, isCompromised: Bool) -> [PlannedStep] {
        let now = service.clocks.now.wall
        let kid = service.state.ring.active.kid
        if isCompromised {
            return [
                PlannedStep(at: now, event: "a fresh key signs, and \(kid) and every other key is refused here"),
                PlannedStep(at: now, event: "the targets are written; whoever holds an older copy goes on until it is read again"),
            ]
        }
        let signs = now + (rotator.targets.map(\.settle).max() ?? .zero)
        return [
            PlannedStep(at: now, event: "a new key is written to the targets and fetched by the consumers; \(kid) goes on signing"),
            PlannedStep(at: signs, event: "at the earliest the new key signs: when everybody verifies with it"),
            PlannedStep(at: now + deadline, event: "whoever has not followed by then is named, and \(kid) goes on signing"),
            PlannedStep(at: signs + window, event: "at the earliest \(kid) stops verifying, and is taken out of the targets"),
        ]
    }
}
