/// Whether keys can be kept out of swap.
public struct MemoryFacts: DoctorFacts, Hashable {
    /// Whether as much memory as a daemon needs could be locked here.
    public let canLock: Bool
    /// The soft limit of locked memory in bytes (`RLIMIT_MEMLOCK`); nil for none.
    public let limit: UInt64?
    /// Whether the daemon that runs has locked its keys; nil if none runs or it cannot be told.
    public let daemonHasLocked: Bool?

    /// Facts.
    public init(canLock: Bool, limit: UInt64?, daemonHasLocked: Bool?) {
        self.canLock = canLock
        self.limit = limit
        self.daemonHasLocked = daemonHasLocked
    }

    /// Whether keys are locked as far as one can see: those of the daemon that runs, else those of one that would be started here.
    public var areKeysLocked: Bool { daemonHasLocked ?? canLock }

    /// The memory.
    public var subject: DoctorSubject { .memory }
    /// What is wrong: of a running daemon what it did counts, not what this shell could.
    public var findings: [Finding] {
        switch daemonHasLocked {
        case true?: []
        case false?: [Finding(.memoryNotLocked)]
        case nil: canLock ? [] : [Finding(.memoryNotLockable, "the limit here is \(limit.map { "\($0) bytes" } ?? "none")")]
        }
    }
    /// What was seen.
    public var summary: String { daemonHasLocked == true ? "the daemon's keys are locked" : "keys can be locked" }
}
