import Synchronization
import WaiaasCore
import WaiaasEvents

/// Drives the rotation that runs, one tick after the other: writes the targets as its step asks, gathers what is known, and does what
/// ``EventRotationRule`` says. It keeps nothing that a restart must not lose.
final class EventRotator: Sendable {
    /// More steps than this are not taken at one tick.
    private static let stepsPerTick = 8
    let events: EventService
    let acknowledgements: EventAcknowledgements
    let targets: [any EventTarget]
    private let policy: Configuration.Events
    private let rule: EventRotationRule
    let log: Log
    private let progress: Mutex<EventTargetProgress>
    /// After a restore: what keeps the keys of the backup from signing, and when the targets are looked at next.
    let comparison = Mutex(Comparison())

    init(events: EventService, acknowledgements: EventAcknowledgements, policy: Configuration.Events, targets: [any EventTarget], log: Log)
    {
        self.events = events
        self.acknowledgements = acknowledgements
        self.targets = targets
        self.policy = policy
        self.log = log
        rule = EventRotationRule(deadline: policy.ackTimeout)
        progress = Mutex(EventTargetProgress())
    }

    var clocks: Clocks { events.clocks }

    /// Whether ``advance()`` has something to do.
    func isDue(at now: Moment) -> Bool {
        let state = events.state
        if state.isRestored { return isComparisonDue(at: now) }
        return state.runningRotation != nil || state.ring.hasEndedOverlap(at: now) || isRotationDue(at: now)
    }

    /// What is due by time: ended keys go, the rotation takes its next steps, the schedule begins one.
    func advance() async throws {
        if events.state.isRestored { return try await compare() }
        if events.state.ring.hasEndedOverlap(at: clocks.now) { try await events.purgeEndedKeys() }
        if isRotationDue(at: clocks.now) {
            _ = try await events.beginRotation(window: policy.window, by: .system, requestID: nil)
        }
        for _ in 0..<Self.stepsPerTick {
            guard let job = events.state.runningRotation, try await step(job) else { return }
        }
    }

    /// When the schedule rotates next; nil without one, or while a rotation runs.
    var nextRotation: WallTime? {
        let state = events.state
        guard let every = policy.rotateEvery, state.runningRotation == nil else { return nil }
        return (state.ring.active.createdAt ?? clocks.now.wall) + every
    }

    /// How the targets are, for status.
    func targetStates() -> [(target: any EventTarget, progress: EventTargetProgress.Entry)] {
        progress.withLock { progress in targets.map { ($0, progress.entry(of: $0.name)) } }
    }

    /// Who keeps the rotation from going on.
    func missing(in job: EventRotation) -> [String] {
        if job.isHalted { return job.missing }
        guard !job.step.isOver else { return [] }
        let awaited = awaited(in: job).map(\.name)
        let unwritten = progress.withLock { progress in
            progress.hasOperation ? awaited.filter { progress.entry(of: $0).isWritten != true } : []
        }
        let awaitsConsumers = job.step == .staged || job.step == .promoted
        return unwritten + (awaitsConsumers ? acknowledgements.missing(among: events.state.consumers, in: job) : [])
    }

    private func isRotationDue(at now: Moment) -> Bool {
        let state = events.state
        guard let every = policy.rotateEvery, state.runningRotation == nil else { return false }
        // A key that seems to come from the future was made under a wrong clock: nobody knows how old it is.
        guard let createdAt = state.ring.active.createdAt else { return true }
        let age = now.wall - createdAt
        return age >= every || age < .zero - Overlap.tolerance
    }

    /// One step of the story.
    ///
    /// - Returns: whether something changed, so that another step may follow at once.
    private func step(_ job: EventRotation) async throws -> Bool {
        let operation = EventTargetOperation(for: job, hasRetiringKey: !events.state.ring.retirees.isEmpty)
        progress.withLock { $0.begin(job, operation, at: clocks.now.continuous) }
        if let operation, !job.isHalted { try await write(operation, of: job) }
        let (facts, elapsed) = facts(of: job)
        switch rule.action(for: job, facts) {
        case .wait: return false
        case .move(let step):
            let late = step == .promoteAcknowledged ? missing(in: job) : []
            try await events.move(job, to: step, duration: elapsed, late: late)
            log.info(
                "event rotation", ["rotation": LogValue(job.id), "step": LogValue(step.rawValue), "kid": LogValue(job.to)])
        case .halt(let names):
            try await events.halt(job, missing: names)
            log.warn(
                "event rotation stands still",
                ["rotation": LogValue(job.id), "step": LogValue(job.step.rawValue), "missing": LogValue(names.joined(separator: ","))])
        case .withdraw(let reason):
            _ = try await events.withdraw(job, because: .failed(reason), by: .system, requestID: nil)
            log.warn("event rotation takes itself back", ["rotation": LogValue(job.id), "reason": LogValue(reason)])
        }
        return true
    }

    private func facts(of job: EventRotation) -> (EventRotationRule.Facts, Duration) {
        let now = clocks.now.continuous
        let state = events.state
        let awaited = awaited(in: job)
        return progress.withLock { progress in
            let names = awaited.map(\.name)
            let faulty = names.first { progress.entry(of: $0).fault != nil }
            let elapsed = progress.elapsed(at: now)
            let settle = awaited.map(\.settle).max() ?? .zero
            let facts = EventRotationRule.Facts(
                elapsed: elapsed, areTargetsWritten: progress.areWritten(names),
                fault: faulty.flatMap { name in
                    progress.entry(of: name).fault.map {
                        EventRotationRule.TargetFault(target: name, reason: $0.description, isFinal: $0.isFinal)
                    }
                },
                isSettled: progress.sinceAllWritten(at: now).map { $0 >= settle } ?? false,
                missing: acknowledgements.missing(among: state.consumers, in: job), hasRetiringKey: !state.ring.retirees.isEmpty)
            return (facts, elapsed)
        }
    }

    /// The targets that the rotation waits for.
    private func awaited(in job: EventRotation) -> [any EventTarget] { targets.filter { !job.excused.contains($0.name) } }

    /// Does what the step asks at every target that is due, all of them beside each other, and records what came of it.
    private func write(_ operation: EventTargetOperation, of job: EventRotation) async throws {
        let now = clocks.now
        let document = events.state.document
        let due = progress.withLock { progress in targets.filter { progress.isDue($0.name, at: now.continuous) } }
        let results = await withTaskGroup(of: Attempt.self) { [clocks] group in
            for target in due {
                group.addTask {
                    let begun = clocks.now.continuous
                    let fault = await operation.run(on: target, document, of: job, at: now)
                    return Attempt(target: target.name, duration: clocks.now.continuous - begun, fault: fault)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let after = clocks.now
        let names = awaited(in: job).map(\.name)
        let records = progress.withLock { progress in
            let records = results.compactMap { attempt in
                progress.note(attempt.target, attempt.fault, at: after, chance: events.randomness.word()).map {
                    attempt.record($0, operation, of: job)
                }
            }
            progress.noteAllWritten(names, at: after.continuous)
            return records
        }
        if !records.isEmpty { try await events.record(records) }
        for attempt in results {
            guard let fault = attempt.fault else { continue }
            log.warn(
                "event target not written",
                [
                    "target": LogValue(attempt.target), "operation": LogValue(operation.rawValue),
                    "reason": LogValue(fault.description),
                ])
        }
    }

    /// One attempt at one target.
    private struct Attempt: Sendable {
        let target: String
        let duration: Duration
        let fault: EventTargetError?

        func record(_ result: String, _ operation: EventTargetOperation, of job: EventRotation) -> AuditEvent {
            job.event(
                .eventTargetWritten, by: .system, nil, AuditDetail("target", target), AuditDetail("operation", operation.rawValue),
                AuditDetail("result", result), AuditDetail("durationMs", duration.wholeMilliseconds))
        }
    }
}
