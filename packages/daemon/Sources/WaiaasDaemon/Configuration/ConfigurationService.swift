import WaiaasCore

/// Reads the configuration again while the daemon runs: validate, record, swap, tell the difference. A fault keeps everything as it is.
///
/// It alone knows the settings in force with their origins; everybody else reads the snapshot.
actor ConfigurationService {
    /// How many reloads may run or wait.
    private static let places = 8

    private var settings: ResolvedSettings
    private let live: Snapshot<LiveSettings>
    private let read: @Sendable () throws(LocalInstanceError) -> ResolvedSettings
    private let store: any Store
    private let audit: AuditTrail
    private let log: Log
    private let telling: @Sendable () -> Void
    private let done: @Sendable () -> Void
    private let queue = WorkQueue(name: "waiaas.configuration", places: places)
    private var last: Task<ConfigurationDifference, any Error>?

    /// A service.
    ///
    /// - Parameters:
    ///   - settings: those of the start.
    ///   - live: replaced when a reload has been recorded.
    ///   - read: reads the sources again, and throws every fault.
    ///   - telling: tells the service manager that a reload begins.
    ///   - done: tells it that the reload is over, whatever came of it.
    init(
        settings: ResolvedSettings, live: Snapshot<LiveSettings>,
        read: @escaping @Sendable () throws(LocalInstanceError) -> ResolvedSettings,
        store: any Store, audit: AuditTrail, log: Log, telling: @escaping @Sendable () -> Void, done: @escaping @Sendable () -> Void
    ) {
        self.settings = settings
        self.live = live
        self.read = read
        self.store = store
        self.audit = audit
        self.log = log
        self.telling = telling
        self.done = done
    }

    /// Reads the configuration again, after the reload before has ended: of two, the later one reads the newer file and comes last.
    ///
    /// - Throws: ``LocalInstanceError`` with the faults, or the store's error if the change could not be recorded.
    func reload(by actor: AuditActor, requestID: String?) async throws -> ConfigurationDifference {
        let before = last
        let task = Task {
            _ = await before?.result
            return try await reloadNow(by: actor, requestID)
        }
        last = task
        return try await task.value
    }

    private func reloadNow(by actor: AuditActor, _ requestID: String?) async throws -> ConfigurationDifference {
        telling()
        defer { done() }
        do {
            let fresh = try await queue.run { [read] in try read() }
            let difference = ConfigurationDifference(from: settings, to: fresh)
            let next = LiveSettings(Configuration(difference.settings))
            try await record(difference, by: actor, requestID) { [live, log] in
                // What becomes less talkative says so before it does.
                let isSaidFirst = live.current.logLevel <= next.logLevel
                if isSaidFirst { Self.tell(difference, to: log) }
                live.replace(with: next)
                if !isSaidFirst { Self.tell(difference, to: log) }
            }
            settings = difference.settings
            return difference
        } catch {
            tell(error)
            throw error
        }
    }

    private func record(
        _ difference: ConfigurationDifference, by actor: AuditActor, _ requestID: String?, then swap: @escaping @Sendable () -> Void
    ) async throws {
        let event = AuditEvent(
            .configurationReloaded, by: actor, requestID: requestID,
            details: [
                AuditDetail("changed", difference.changes.map(\.setting).joined(separator: ",")),
                AuditDetail("atNextStart", difference.pending.map(\.setting).joined(separator: ",")),
            ])
        try await store.write { [audit] transaction in
            try audit.append(event, to: transaction)
        } committed: { _ in
            swap()
        }
    }

    private static func tell(_ difference: ConfigurationDifference, to log: Log) {
        for change in difference.changes {
            log.info(
                "setting changed", ["setting": LogValue(change.setting), "old": LogValue(change.before), "new": LogValue(change.after)])
        }
        for change in difference.pending {
            log.warn(
                "setting takes effect at the next start",
                ["setting": LogValue(change.setting), "old": LogValue(change.before), "new": LogValue(change.after)])
        }
        log.info(
            "configuration reloaded", ["changed": LogValue(difference.changes.count), "atNextStart": LogValue(difference.pending.count)])
    }

    private func tell(_ error: any Error) {
        switch error {
        case LocalInstanceError.configuration(let faults):
            for fault in faults.faults { log.error("configuration not reloaded", ["fault": LogValue(fault.description)]) }
        default: log.error("configuration not reloaded", ["error": LogValue(error: error)])
        }
    }
}
