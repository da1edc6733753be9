import WaiaasCore

/// How far the targets have come in what a rotation's step asks of them, in this process. A restart begins anew, which costs a read each.
struct EventTargetProgress: Sendable {
    /// The longest wait between two attempts at one target.
    static let longestPause = Duration.seconds(30)

    /// One target.
    struct Entry: Sendable {
        /// Whether it holds what is asked; nil until it was tried.
        fileprivate(set) var isWritten: Bool?
        /// When it was last found to hold what was asked.
        fileprivate(set) var writtenAt: WallTime?
        /// Why it does not.
        fileprivate(set) var fault: EventTargetError?
        fileprivate var attempts = 0
        fileprivate var nextAttempt: ContinuousTime?
    }

    private struct Stage: Equatable {
        let job: EventRotation
        let operation: EventTargetOperation?
    }

    private var stage: Stage?
    private var begunAt = ContinuousTime(milliseconds: 0)
    private var allWrittenAt: ContinuousTime?
    private var entries: [String: Entry] = [:]

    /// A step, or another operation within it: everything is to be done again. Does nothing for the one that is under way.
    mutating func begin(_ job: EventRotation, _ operation: EventTargetOperation?, at now: ContinuousTime) {
        let next = Stage(job: job, operation: operation)
        guard next != stage else { return }
        if stage?.job != job { begunAt = now }
        stage = next
        allWrittenAt = nil
        entries = entries.mapValues { Entry(isWritten: operation == nil ? $0.isWritten : nil, writtenAt: $0.writtenAt) }
    }

    /// Whether the targets are asked for something now.
    var hasOperation: Bool { stage?.operation != nil }

    /// What is known of a target.
    func entry(of name: String) -> Entry { entries[name] ?? Entry() }

    /// Whether a target is to be tried now.
    func isDue(_ name: String, at now: ContinuousTime) -> Bool {
        let entry = entry(of: name)
        guard entry.isWritten != true else { return false }
        return entry.nextAttempt.map { now >= $0 } ?? true
    }

    /// What came of an attempt.
    ///
    /// - Parameter chance: random bits. Daemons that were refused together must not come back together: providers count calls an account.
    /// - Returns: what to record, unless it is what was recorded before.
    mutating func note(_ name: String, _ fault: EventTargetError?, at now: Moment, chance: UInt64) -> String? {
        var entry = entry(of: name)
        defer { entries[name] = entry }
        let isNews = entry.isWritten == nil || entry.fault != fault
        entry.fault = fault
        entry.isWritten = fault == nil
        entry.attempts += 1
        if fault == nil {
            entry.writtenAt = now.wall
        } else {
            // Doubled each time; a shift beyond the longest pause changes nothing. The second half of it is left to chance.
            let pause = min(Self.longestPause, .seconds(Int64(1) << Int64(min(entry.attempts - 1, 6)))).wholeMilliseconds
            entry.nextAttempt = now.continuous + .milliseconds(pause / 2 + Int64(chance % UInt64(pause / 2 + 1)))
        }
        return isNews ? fault?.description ?? "written" : nil
    }

    /// Remembers when all of these were first found to hold what is asked.
    mutating func noteAllWritten(_ names: [String], at now: ContinuousTime) {
        guard hasOperation, allWrittenAt == nil, names.allSatisfy({ entry(of: $0).isWritten == true }) else { return }
        allWrittenAt = now
    }

    /// Whether all of these hold what is asked.
    func areWritten(_ names: [String]) -> Bool { hasOperation && names.allSatisfy { entry(of: $0).isWritten == true } }

    /// How long the step has been seen.
    func elapsed(at now: ContinuousTime) -> Duration { now - begunAt }

    /// How long all have held what is asked; nil while one does not.
    func sinceAllWritten(at now: ContinuousTime) -> Duration? { allWrittenAt.map { now - $0 } }
}
