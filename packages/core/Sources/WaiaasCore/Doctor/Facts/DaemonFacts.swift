/// What the daemon of the directory is doing.
public struct DaemonFacts: DoctorFacts, Hashable {
    /// What the lock and the health answer show.
    public let state: InstanceState
    /// Whether it answered as itself that it is not healthy.
    public let isDegraded: Bool
    /// Who holds the lock, as a text.
    public let holder: String?
    /// The version of the daemon, if it was asked.
    public let version: String?
    /// The version of this program.
    public let ownVersion: String

    /// Facts.
    public init(state: InstanceState, isDegraded: Bool, holder: String?, version: String?, ownVersion: String) {
        self.state = state
        self.isDegraded = isDegraded
        self.holder = holder
        self.version = version
        self.ownVersion = ownVersion
    }

    /// The daemon.
    public var subject: DoctorSubject { .daemon }
    /// What is wrong with it.
    public var findings: [Finding] {
        var findings: [Finding] = []
        let who = holder.map { [$0] } ?? []
        switch state {
        case .unhealthy where isDegraded: findings.append(Finding(.daemonDegraded, ifAny: who) ?? Finding(.daemonDegraded))
        case .unhealthy: findings.append(Finding(.daemonSilent, ifAny: who) ?? Finding(.daemonSilent))
        case .starting: findings.append(Finding(.daemonStarting, ifAny: who) ?? Finding(.daemonStarting))
        case .running, .stopped: break
        }
        if let version, version != ownVersion { findings.append(Finding(.otherVersion, "\(version) runs, this is \(ownVersion)")) }
        return findings
    }
    /// Its state.
    public var summary: String { state == .stopped ? "stopped" : "\(state.rawValue): \(holder ?? "not known who")" }
}
