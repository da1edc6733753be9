/// What a daemon is doing, as `status` tells it (design 2.8).
public enum InstanceState: String, Hashable, Sendable {
    /// It holds the lock and its health answers.
    case running
    /// It holds the lock and does not listen yet.
    case starting
    /// It holds the lock, said where it listens, and does not answer there as itself, or has stopped writing: the seed's *stale*.
    case unhealthy
    /// Nobody holds the lock.
    case stopped

    /// The state that the evidence shows.
    ///
    /// - Parameters:
    ///   - probe: what trying the lock showed.
    ///   - health: what `/health` said at the holder's address.
    public init(probe: LockProbeResult, health: HealthAnswer) {
        guard case .held(let holder) = probe else {
            self = .stopped
            return
        }
        guard let holder, holder.address != nil else {
            self = .starting
            return
        }
        switch health {
        case .answered(let id, let isHealthy): self = isHealthy && id != nil && id == holder.instanceID ? .running : .unhealthy
        case .notAsked, .noAnswer: self = .unhealthy
        }
    }
}

/// What trying the lock without taking it showed.
public enum LockProbeResult: Hashable, Sendable {
    /// There is no lock file: no daemon ever ran here.
    case absent
    /// Nobody holds it.
    case free
    /// Somebody holds it; nil when the holder has not written down who it is.
    case held(InstanceHolder?)

    /// Who holds the lock.
    public var holder: InstanceHolder? {
        guard case .held(let holder) = self else { return nil }
        return holder
    }
}

/// What a daemon said of its health.
public enum HealthAnswer: Hashable, Sendable {
    /// There was no address to ask.
    case notAsked
    /// Nobody answered in time, or the answer was no health report.
    case noAnswer
    /// Somebody answered.
    case answered(instanceID: InstanceID?, isHealthy: Bool)
}
