import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

/// Looks at an unpacked backup as a daemon would that started from it, and issues and verifies a token there.
struct BackupTrialRun {
    let folder: DataDirectory
    let file: BackupFile
    let master: MasterKey
    let clocks: Clocks
    let randomness: Randomness

    /// Runs the trial.
    ///
    /// - Throws: ``BackupFault/unfit(path:findings:)`` if anything is wrong with what is in the backup.
    func run() async throws -> BackupTrial {
        let store = try SQLiteStore.open(path: folder.database, .existing, backups: folder.path)
        defer { try? store.close() }
        if store.position != nil { try await store.stand(at: nil) }
        let auditKey = try await store.read { [master] in try AuditKey.load(from: $0, sealedBy: master) }
        let checkpoints = try CheckpointReader.read(folder.auditCheckpoints)
        let audit = try await LocalDataDirectory.verify(store, file: checkpoints, evidence: AuditEvidence(), key: auditKey) { _, _ in }
        let findings = try await store.findings() + audit.faults.map(\.description)
        guard findings.isEmpty else { throw BackupFault.unfit(path: file.path, findings: Array(findings.prefix(10))) }
        let now = clocks.now
        let ringStorage = SessionRingStorage(key: try master.sealingKey(for: .sessionRing))
        let table = SessionTable()
        let (ring, agents) = try await store.read { store in
            let ring = try ringStorage.load(from: store, at: now).ring
            try store.forEachLiveSession(at: now.wall) { table.set($0) }
            return (ring, try store.agentCounts())
        }
        let sessions = Int64(table.countByKey(at: now.wall).values.reduce(0, +))
        try await issueAndVerify(in: store, ring: ring, ringStorage, table, AuditTrail(key: auditKey, clocks: clocks))
        return BackupTrial(
            file: file, agents: Int64(agents.active + agents.suspended), sessions: sessions,
            kids: ring.verifyingKeys(at: now).map(\.kid), audit: audit)
    }

    /// With the services of the daemon, so that what passes here passes there.
    private func issueAndVerify(
        in store: SQLiteStore, ring: SessionRing, _ ringStorage: SessionRingStorage, _ table: SessionTable, _ audit: AuditTrail
    ) async throws {
        let log = Log(threshold: .error, clocks: clocks, write: { _ in })
        let secrets = JwtSecretManager(
            ring: ring, storage: ringStorage, store: store, audit: audit, sessions: table, clocks: clocks, log: log)
        let agents = AgentTable(suspended: [])
        let caller = Caller(actor: .commandLine, requestID: "backup-verify")
        let name = Agent.Name("backup-verify-\(InstanceID(at: clocks.now.wall, randomness: randomness))")
        guard let name else { throw BackupFault.unfit(path: file.path, findings: ["no agent could be named in it"]) }
        let agent = try await AgentService(store: store, table: agents, audit: audit, clocks: clocks, randomness: randomness)
            .create(name, for: caller)
        let issued = try await SessionService(
            store: store, secrets: secrets, table: table, forgetting: SessionForgetting(loadedAt: clocks.now), audit: audit,
            live: Snapshot(LiveSettings(Configuration())), clocks: clocks, randomness: randomness
        ).issue(.init(recipient: .id(agent.id), timeToLive: nil, maxRenewals: nil, constraints: .none), for: caller)
        let verified = try SessionVerifier(secrets: secrets, sessions: table, agents: agents, clocks: clocks).verify(issued.token[...])
        guard verified.session == issued.session.id, verified.kid == ring.active.kid else {
            throw BackupFault.unfit(path: file.path, findings: ["a token that was issued in it does not verify"])
        }
    }
}
