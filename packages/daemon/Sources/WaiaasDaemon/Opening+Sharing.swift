import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageRedis
import WaiaasStorageSQLite

/// How a daemon comes to share its state with others.
extension Opening {
    /// What a start that shares has opened besides.
    struct Sharing: Sendable {
        let state: SharedState
        let inbox: ForeignInbox
        let reports: IncidentReports
        /// The store itself: what counts its work knows nothing of sharing.
        let store: SQLiteStore
    }

    /// The wrapped master key: of what the daemons share, if it can be asked, for the password may have been changed elsewhere.
    func wrapping(in store: any Store) async throws -> WrappedMasterKey {
        if configuration.storage.backend == .redis,
            let text = try? SharedState(configuration.storage, master: nil).vault.masterKey(),
            let wrapped = try? WrappedMasterKey(parsing: text)
        {
            return wrapped
        }
        return try await store.read { try Unlocked.wrapping(in: $0) }
    }

    /// Follows the shared log, so that what is loaded next is the truth; nil for a daemon that stands alone.
    func share(_ store: SQLiteStore, _ master: MasterKey) async throws -> Sharing? {
        guard configuration.storage.backend == .redis else {
            if store.position != nil {
                throw LocalInstanceError.failed(
                    "this data directory shares its state with other daemons, and storage.backend is sqlite",
                    hint: "set storage.backend = \"redis\"; or, to stand alone from now on, waiaas migrate --to sqlite")
            }
            return nil
        }
        guard store.position != nil else {
            throw LocalInstanceError.failed(
                "storage.backend is redis, but this data directory stands alone",
                hint: "waiaas migrate --to redis shares what it holds; waiaas init --join makes a directory that joins others")
        }
        do {
            _ = try await store.read { try AuditKey.load(from: $0, sealedBy: master) }
        } catch StoreError.damaged {
            throw LocalInstanceError.failed(
                "the password opens what is shared at storage.redis_url, and that is not what this data directory holds",
                hint: "correct storage.redis_url or storage.redis_prefix; waiaas init --join makes a directory that joins others")
        }
        let state = try SharedState(configuration.storage, master: master)
        try examine(state)
        let inbox = ForeignInbox()
        let (log, clocks, reports) = (log, clocks, IncidentReports())
        let checkpoints = CheckpointFile(path: directory.auditCheckpoints)
        try await state.follow(
            with: store, changed: { inbox.take($0, from: $1) },
            happened: { incident in
                log.warn("the shared log", ["incident": LogValue(incident.sentence)])
                reports.note(incident)
            },
            // Before the commit: a start after a crash finds no checkpoint of a record that is gone, and writes the file anew.
            replacing: { checkpoints.setAside(at: clocks.now.wall) })
        log.info("shared state followed", ["redis": LogValue(state.log.place), "position": LogValue(store.position?.sequence ?? 0)])
        return Sharing(state: state, inbox: inbox, reports: reports, store: store)
    }

    /// What a daemon that shares does by the way.
    func sharingWorkers(
        _ sharing: Sharing, over store: any Store, _ audit: AuditTrail, _ passwords: MasterPasswordGate,
        _ acknowledgements: SharedAcknowledgements
    ) -> [Workers.Worker] {
        [
            .init("sharedIncidents", when: { _ in sharing.reports.isDue }, run: { try await sharing.reports.record(in: store, audit) }),
            .init(
                "sharedAcknowledgements", when: { _ in acknowledgements.isDue }, run: { try await acknowledgements.enter(in: store) }),
            .init(
                "sharedCopy", every: .seconds(10),
                run: { [directory, randomness] in
                    try await sharing.state.provide(
                        from: sharing.store, folder: directory.backups, masterKey: passwords.wrapping.text, randomness: randomness)
                }),
        ]
    }

    private func examine(_ state: SharedState) throws {
        let faults = try RedisExamination(of: state.log).faults
        guard let first = faults.first else { return }
        if configuration.storage.requiresDurableRedis {
            throw LocalInstanceError.failed(
                "the Redis server at \(state.log.place) may lose what it holds: \(first)",
                hint: "every daemon keeps all of it too; storage.redis_require_durable = false starts all the same")
        }
        for fault in faults { log.warn("warning at start", ["reason": LogValue(fault)]) }
    }
}
