/// A rotation of the event secret as a job: what is stored of it, so that any start can go on where the last one stopped (design 2.6).
///
/// Which keys there are is not here but in the ring, which is stored beside it and changes in the same transaction.
public struct EventRotation: Equatable, Sendable {
    /// Its id.
    public typealias ID = Identifier<EventRotation>

    /// The forms of a rotation.
    public enum Kind: String, Sendable, CaseIterable {
        /// Staged, acknowledged, promoted, retired.
        case ordinary
        /// After a leak: promoted at once, without overlap and waiting.
        case compromised
        /// The key before signs again, and the one that had taken its place retires.
        case rollback
    }

    /// Why it was taken back before the new key signed.
    public enum Withdrawal: Equatable, Sendable {
        /// The operator aborted it.
        case aborted
        /// A target could not be written; says which, and why.
        case failed(String)
    }

    /// Its id; stands in every document that it writes.
    public let id: ID
    /// Its form.
    public let kind: Kind
    /// The key that signed when it began.
    public let from: KeyID
    /// The key that shall sign.
    public let to: KeyID
    /// How long the key before goes on verifying after the promotion.
    public let window: Duration
    /// Who began it, as the audit log spells it.
    public let initiator: String
    /// When it began.
    public let startedAt: WallTime
    /// Keys that earlier rotations staged and took back. A target that could not be reached then may still hold one; it is no stranger's.
    public let leftovers: [KeyID]
    /// How far it has come.
    public private(set) var step: EventRotationStep
    /// When it came so far.
    public private(set) var steppedAt: WallTime
    /// Consumers and targets that it no longer waits for.
    public private(set) var excused: [String]
    /// Who is missing, while it stands still until it is resumed; empty while it goes on.
    public private(set) var missing: [String]
    /// Set once it is being taken back.
    public private(set) var withdrawal: Withdrawal?

    /// A rotation that begins.
    ///
    /// - Parameter last: the one before it.
    public init(
        id: ID, kind: Kind, from: KeyID, to: KeyID, window: Duration, initiator: String, at now: WallTime, after last: EventRotation? = nil
    ) {
        let leftovers = (last?.leftovers ?? []) + (last.flatMap { $0.step.isPromoted ? nil : [$0.to] } ?? [])
        self.init(
            id: id, kind: kind, from: from, to: to, window: window, initiator: initiator, startedAt: now,
            leftovers: leftovers.suffix(Self.leftoversKept),
            step: kind == .ordinary ? .planned : .promoted, steppedAt: now, excused: [], missing: [], withdrawal: nil)
    }

    /// More leftovers than this nobody leaves.
    private static let leftoversKept = 16

    /// A rotation as it was stored.
    public init(
        id: ID, kind: Kind, from: KeyID, to: KeyID, window: Duration, initiator: String, startedAt: WallTime,
        leftovers: [KeyID] = [], step: EventRotationStep,
        steppedAt: WallTime, excused: [String], missing: [String], withdrawal: Withdrawal?
    ) {
        self.id = id
        self.kind = kind
        self.from = from
        self.to = to
        self.window = window
        self.initiator = initiator
        self.startedAt = startedAt
        self.leftovers = leftovers
        self.step = step
        self.steppedAt = steppedAt
        self.excused = excused
        self.missing = missing
        self.withdrawal = withdrawal
    }

    /// Whether it stands still until the operator resumes or aborts it.
    public var isHalted: Bool { !missing.isEmpty }

    /// The same, one step further.
    public func moved(to step: EventRotationStep, at now: WallTime) -> EventRotation {
        var next = self
        next.step = step
        next.steppedAt = now
        next.missing = []
        return next
    }

    /// The same, standing still because somebody is missing.
    public func halted(missing names: [String], at now: WallTime) -> EventRotation {
        var next = self
        next.missing = names
        next.steppedAt = now
        return next
    }

    /// The same, going on: the deadline begins anew, and some are no longer waited for.
    public func resumed(without names: [String], at now: WallTime) -> EventRotation {
        var next = self
        next.missing = []
        next.steppedAt = now
        next.excused = Array(Set(excused).union(names)).sorted()
        return next
    }

    /// The same, being taken back.
    public func withdrawn(_ withdrawal: Withdrawal, at now: WallTime) -> EventRotation {
        var next = self
        next.withdrawal = withdrawal
        next.steppedAt = now
        next.missing = []
        return next
    }
}
