/// What a rotation of the event secret does next: the whole of its story as one pure function (design 2.6).
public struct EventRotationRule: Sendable {
    /// How long staging and acknowledging may take before somebody counts as missing.
    public let deadline: Duration

    /// The rule with a deadline.
    public init(deadline: Duration) {
        self.deadline = deadline
    }

    /// What is known when the rule is asked.
    public struct Facts: Sendable {
        /// How long this process has seen the job in its step. A restart begins anew, which only makes it wait longer.
        public var elapsed: Duration
        /// Whether every target that counts holds what the step asks for.
        public var areTargetsWritten: Bool
        /// The target that would not be written, and why; nil if all were, or none was tried yet.
        public var fault: TargetFault?
        /// Whether readers that cannot answer have had their time since the targets were written.
        public var isSettled: Bool
        /// The consumers that have not yet said what the step asks for.
        public var missing: [String]
        /// Whether the ring still has a key that retires.
        public var hasRetiringKey: Bool

        /// The facts.
        public init(
            elapsed: Duration, areTargetsWritten: Bool, fault: TargetFault? = nil, isSettled: Bool, missing: [String], hasRetiringKey: Bool
        ) {
            self.elapsed = elapsed
            self.areTargetsWritten = areTargetsWritten
            self.fault = fault
            self.isSettled = isSettled
            self.missing = missing
            self.hasRetiringKey = hasRetiringKey
        }
    }

    /// Why a target was not written.
    public struct TargetFault: Equatable, Sendable {
        /// Which.
        public let target: String
        /// Why, for a person; holds no secret.
        public let reason: String
        /// Whether trying again cannot help.
        public let isFinal: Bool

        /// A fault.
        public init(target: String, reason: String, isFinal: Bool) {
            self.target = target
            self.reason = reason
            self.isFinal = isFinal
        }
    }

    /// What to do.
    public enum Action: Equatable, Sendable {
        /// Nothing for now.
        case wait
        /// Go on to this step.
        case move(EventRotationStep)
        /// Stand still until somebody resumes: these are missing.
        case halt([String])
        /// Take it back: nothing was promoted yet, and this is why.
        case withdraw(String)
    }

    /// What to do with a job, given what is known.
    public func action(for job: EventRotation, _ facts: Facts) -> Action {
        if job.step.isOver || job.isHalted { return .wait }
        if let withdrawal = job.withdrawal { return takingBack(withdrawal, facts) }
        switch job.step {
        case .planned: return staging(facts)
        case .staged: return acknowledging(facts)
        case .stageAcknowledged:
            // The targets were read once more: what cannot be reached now would miss the promotion.
            if facts.areTargetsWritten { return .move(.promoted) }
            return facts.elapsed > deadline ? .halt([facts.fault?.target ?? "a target"]) : .wait
        case .promoted:
            let isAcknowledged = facts.areTargetsWritten && facts.isSettled && facts.missing.isEmpty
            // The window ends when it ends: who has not followed by then must not keep the old key alive.
            let isWindowOver = job.kind != .compromised && !facts.hasRetiringKey
            let hasWaited = job.kind == .compromised && facts.areTargetsWritten && facts.elapsed > deadline
            return isAcknowledged || isWindowOver || hasWaited ? .move(.promoteAcknowledged) : .wait
        case .promoteAcknowledged: return !facts.hasRetiringKey && facts.areTargetsWritten ? .move(.retired) : .wait
        case .retired, .rolledBack, .failed: return .wait
        }
    }

    private func staging(_ facts: Facts) -> Action {
        if facts.areTargetsWritten { return .move(.staged) }
        guard let fault = facts.fault, fault.isFinal || facts.elapsed > deadline else { return .wait }
        return .withdraw("\(fault.target): \(fault.reason)")
    }

    private func acknowledging(_ facts: Facts) -> Action {
        if facts.missing.isEmpty { return facts.isSettled ? .move(.stageAcknowledged) : .wait }
        return facts.elapsed > deadline ? .halt(facts.missing) : .wait
    }

    /// What holds the staged key is cleaned as far as it can be reached; the next rotation overwrites the rest.
    private func takingBack(_ withdrawal: EventRotation.Withdrawal, _ facts: Facts) -> Action {
        guard facts.areTargetsWritten || facts.elapsed > deadline else { return .wait }
        return .move(withdrawal == .aborted ? .rolledBack : .failed)
    }
}
