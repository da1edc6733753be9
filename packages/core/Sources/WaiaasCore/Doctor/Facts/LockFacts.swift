/// What trying the instance lock showed.
public struct LockFacts: DoctorFacts, Hashable {
    /// What became of the trial.
    public enum Trial: Hashable, Sendable {
        /// Somebody else holds the lock, and it kept us out.
        case held
        /// Nobody holds it, and of two of ours the first kept the second out.
        case free
        /// Nobody holds it, and the second of two got in as well.
        case withoutEffect
        /// There is no lock file: no daemon ever ran here.
        case absent
        /// It cannot be tried.
        case unusable(reason: String)
    }

    /// What became of the trial.
    public let trial: Trial
    /// Whether a daemon at the address in `daemon.pid` answers with the instance id that stands there.
    public let recordedDaemonAnswers: Bool

    /// Facts.
    public init(trial: Trial, recordedDaemonAnswers: Bool) {
        self.trial = trial
        self.recordedDaemonAnswers = recordedDaemonAnswers
    }

    /// The lock.
    public var subject: DoctorSubject { .lock }
    /// What is wrong with the lock.
    public var findings: [Finding] {
        var findings: [Finding] = []
        switch trial {
        case .withoutEffect: findings.append(Finding(.lockWithoutEffect))
        case .unusable(let reason): findings.append(Finding(.lockUnusable, reason))
        case .held, .free, .absent: break
        }
        if recordedDaemonAnswers, trial == .free || trial == .absent { findings.append(Finding(.lockReplaced)) }
        return findings
    }
    /// Whether it is held.
    public var summary: String {
        switch trial {
        case .held: "held by a daemon or a command, and keeps others out"
        case .absent: "never taken yet"
        default: "free, and keeps others out when taken"
        }
    }
}
