import WaiaasCore
import WaiaasInstance

/// What the doctor sees of the lock and of the daemon that may hold it.
struct ObservedInstance: Sendable {
    /// The lock.
    let lock: GatheredFacts
    /// What trying the lock came to; nil if it was not tried.
    let trial: LockFacts.Trial?
    /// What it and the daemon's health show; nil if that cannot be told.
    let state: InstanceState?
    /// Who holds the lock.
    let holder: InstanceHolder?
    /// Whether the daemon said of itself that it is not healthy.
    let isDegraded: Bool

    /// The daemon.
    func daemon(_ testimony: DaemonTestimony?) -> GatheredFacts {
        guard let state else { return .unknown(.daemon, reason: GatheredFacts.unsafe) }
        return .known(
            DaemonFacts(
                state: state, isDegraded: isDegraded, holder: holder?.description, version: testimony?.version,
                ownVersion: ProductVersion.current))
    }

    /// The process of a daemon that listens; nil if none does, or the system shows none of ours under its number.
    var process: OtherProcess? {
        guard state == .running || state == .unhealthy, let holder else { return nil }
        return OtherProcess(daemon: holder.pid)
    }
}

extension LocalDataDirectory {
    /// Tries the lock and asks the daemon how it is.
    func look(at directory: DataDirectory, isSafe: Bool) async -> ObservedInstance {
        guard isSafe else {
            return ObservedInstance(
                lock: .unknown(.lock, reason: GatheredFacts.unsafe), trial: nil, state: nil, holder: nil, isDegraded: false)
        }
        let trial = LockTrial.run(directory.lockFile)
        let probe = (try? LockProbe.probe(directory.lockFile)) ?? .absent
        let health = await health(at: probe.holder?.address)
        let facts = LockFacts(trial: trial, recordedDaemonAnswers: trial == .held ? false : await recordedDaemonAnswers(directory))
        return ObservedInstance(
            lock: .known(facts), trial: trial, state: InstanceState(probe: probe, health: health), holder: probe.holder,
            isDegraded: isDegraded(health, probe.holder))
    }

    private func isDegraded(_ health: HealthAnswer, _ holder: InstanceHolder?) -> Bool {
        guard case .answered(let id?, isHealthy: false) = health else { return false }
        return id == holder?.instanceID
    }

    /// Whether the daemon that `daemon.pid` names is there and is itself: a file that a killed one left names nobody.
    private func recordedDaemonAnswers(_ directory: DataDirectory) async -> Bool {
        guard let recorded = try? ProcessIdentityFile(path: directory.processFile).read(), let id = recorded.instanceID,
            case .answered(let found, _) = await health(at: recorded.address)
        else { return false }
        return found == id
    }
}
