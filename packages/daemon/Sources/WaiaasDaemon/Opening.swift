import Glibc
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasInstance
import WaiaasStorageSQLite

/// How a daemon is put together: each step of the start that makes something, in the order they are taken.
struct Opening: Sendable {
    let directory: DataDirectory
    /// The configuration of the start; of what a reload changes, ``live`` has the present value.
    let configuration: Configuration
    /// The same with the origin of each value.
    let settings: ResolvedSettings
    let live: Snapshot<LiveSettings>
    let holder: InstanceHolder
    let lock: any InstanceLock
    let password: any PasswordSource
    let clocks: Clocks
    let randomness: Randomness
    let log: Log
    let notifier: ServiceNotifier
    let deadlines: StepDeadline
    /// Reads the configuration again, as this start did.
    let readSettings: @Sendable () throws(LocalInstanceError) -> ResolvedSettings
    /// Begins the stop of the daemon; returns at once.
    let requestStop: @Sendable () -> Void

    /// The database, migrated; a copy is kept of what a migration changes.
    func openStore() throws -> SQLiteStore {
        try SQLiteStore.open(path: directory.database, .existing, backups: directory.backups)
    }

    /// The master key and its wrapping, if the password is right.
    func unlock(_ store: any Store) async throws -> Unlocked {
        let wrapped = try await wrapping(in: store)
        // Under no deadline: a person may be typing it.
        let given = try password.withPassword { try SecretBytes(copying: $0) }
        return try await deadlines.run("unlocking the secrets", within: .seconds(30)) {
            Unlocked(wrapped: wrapped, key: MasterKey(try wrapped.unwrap(password: given)))
        }
    }

    /// Loads what is kept in memory, and makes the services over it.
    func rooms(store: any Store, master: Unlocked, address: LateAddress, sharing: Sharing? = nil) async throws -> Daemon.Rooms {
        // tidy:allow length because it is a list of parts, from top to bottom
        let store = CountedStore(store)
        let table = SessionTable()
        let ringStorage = SessionRingStorage(key: try master.key.sealingKey(for: .sessionRing))
        let now = clocks.now
        let loaded = try await store.read { store in
            let ring = try ringStorage.load(from: store, at: now)
            try store.forEachLiveSession(at: SessionForgetting.loadLimit(at: now.wall)) { table.set($0) }
            return Loaded(
                ring: ring, suspended: try store.suspendedAgents(), lockouts: try store.lockouts(), head: try store.auditHead(),
                checkpoint: try store.newestAuditCheckpoint(), auditKey: try AuditKey.load(from: store, sealedBy: master.key))
        }
        let checkpoints = CheckpointFile(path: directory.auditCheckpoints)
        try await store.read { [directory] store in
            try CheckpointReader.read(directory.auditCheckpoints).compare(with: store, of: loaded.auditKey, completing: checkpoints)
        }
        let auditKey = Snapshot(loaded.auditKey)
        let signer = CheckpointSigner(
            key: auditKey, file: checkpoints,
            signedThrough: loaded.checkpoint?.sequence ?? 0, head: loaded.head.sequence, clocks: clocks)
        let audit = AuditTrail(key: auditKey, clocks: clocks) { [log] head in
            guard signer.noteAppended(head) else { return }
            Task {
                do {
                    try await signer.sign(in: store)
                } catch {
                    log.error("a checkpoint could not be signed", ["error": LogValue(error: error)])
                }
            }
        }
        let agents = AgentTable(suspended: loaded.suspended)
        let secrets = JwtSecretManager(
            ring: loaded.ring.ring, storage: ringStorage, store: store, audit: audit, sessions: table, clocks: clocks, log: log)
        let sessions = SessionService(
            store: store, secrets: secrets, table: table, forgetting: SessionForgetting(loadedAt: now), audit: audit, live: live,
            clocks: clocks, randomness: randomness)
        let refusals = RefusalRecorder(store: store, audit: audit, clocks: clocks)
        let metricsToken = try configuration.metrics.tokenFile.map { try MetricsToken(TokenFile(path: $0)) }
        let verifier = SessionVerifier(secrets: secrets, sessions: table, agents: agents, clocks: clocks)
        let users = try await users(
            over: store, master: master.key, audit: audit, sessions: verifier, address: address, loadedAt: now)
        let hub = streamHub()
        let panels = try await panels(
            over: store, audit: audit, restrictions: users.tokens.restrictions, feed: hub.feed, loadedAt: now)
        let events = try await events(over: store, master: master.key, audit: audit, loadedAt: now)
        let auditKeys = AuditKeyService(
            key: auditKey, master: master.key, store: store, trail: audit, signer: signer, clocks: clocks)
        let passwords = try MasterPasswordGate(
            wrapped: master.wrapped, lockouts: LockoutTable(loaded.lockouts, store: store, audit: audit, log: log), refusals: refusals,
            clocks: clocks)
        let workers = Workers(
            [
                .init("previousSecret", when: { secrets.ring.hasEndedOverlap(at: $0) }, run: { try await secrets.purgeEndedSecret() }),
                .init(
                    "strandedSessions", when: { _ in secrets.stranded.isDue(for: secrets.ring) },
                    run: { try await secrets.stranded.end(after: secrets.ring, reason: "the secret's window ended") }),
                .init("auditCheckpoint", when: { signer.isDue(at: $0.continuous) }, run: { try await signer.sign(in: store) }),
                .init("refusals", every: .seconds(1), run: { try await refusals.record() }),
                .init(
                    "clockSetBack", when: { sessions.forgetting.missing(at: $0.wall) != nil },
                    run: {
                        try await sessions.recallForgotten()
                        try await secrets.stranded.end(after: secrets.ring, reason: "the secret's window ended")
                    }),
                .init("sessionCleanup", every: .seconds(60), run: { try await sessions.cleanUp() }),
                .init("userKeys", when: { users.keys.isDue(at: $0) }, run: { try await users.keys.advance() }),
                .init("eventRotation", when: { events.rotator.isDue(at: $0) }, run: { try await events.rotator.advance() }),
                .init("loginCleanup", every: .seconds(60), run: { try await users.refresh.cleanUp() }),
                .init("endedLogins", every: .seconds(3_600), run: { try await users.refresh.removeEnded() }),
                .init("userSessions", when: { panels.table.hasEnded(at: $0.continuous) }, run: { try await panels.removeEnded() }),
            ] + (sharing.map { sharingWorkers($0, over: store, audit, passwords, events.sharedAcknowledgements) } ?? [])
                + (metricsToken.map { token in [.init("metricsToken", every: .seconds(10), run: { try token.refresh() })] } ?? []),
            clocks: clocks, log: log)
        let routes = RouteTable(Routes.all)
        let services = Services(
            sessions: sessions,
            agents: AgentService(store: store, table: agents, audit: audit, clocks: clocks, randomness: randomness), secrets: secrets,
            passwords: PasswordService(gate: passwords, store: store, audit: audit, clocks: clocks),
            audit: AuditService(store: store, trail: audit, clocks: clocks, log: log),
            backups: BackupService(
                maker: BackupMaker(
                    directory: directory, store: store, key: try BackupKey(master.key), auditKid: loaded.auditKey.kid, audit: audit,
                    run: holder.instanceID ?? InstanceID(high: 0, low: 0), clocks: clocks,
                    queue: WorkQueue(name: "waiaas.backup", places: 4)), log: log),
            configuration: ConfigurationService(
                settings: settings, live: live, read: readSettings, store: store, audit: audit, log: log,
                telling: { [notifier] in notifier.reloading() }, done: { [notifier] in notifier.ready(at: address.current) }),
            instance: InstanceService(
                holder: holder, address: address, startedAt: now, store: store, secrets: secrets, sessions: table, audit: audit,
                workers: workers, clocks: clocks, requestStop: requestStop),
            documents: .ofThisRelease,
            metrics: Metrics(
                clocks: clocks,
                sources: [
                    BuildMetrics(), routes, secrets, sessions, users.tokens, panels, hub, events, store, AuditMetrics(signer: signer),
                    passwords, workers, ProcessMetrics(startedAt: now.wall),
                ]),
            users: users.users, tokens: users.tokens, refresh: users.refresh, keys: users.keys,
            rings: RingService(users: users.keys, audit: auditKeys, clocks: clocks), clients: users.clients,
            introspection: users.introspection, panels: panels,
            streams: StreamService(hub: hub, frame: { try await panels.frame(of: $0) }), events: events)
        let gate = Gatekeeper(
            verifier: verifier, passwords: passwords, socketUsers: [0, geteuid()],
            addresses: ClientAddress(trustedProxies: configuration.http.trustedProxies), refusals: refusals, metricsToken: metricsToken,
            tokens: users.tokens, clients: users.clients, consumers: events.consumers,
            isBehindTLS: configuration.http.isBehindTLS,
            lateNews: sharing.map { _ in LateNews(store: store, clocks: clocks) })
        try await sharing?.inbox.open(
            for: MemoryFollower(
                sessions: table, secrets: secrets, agents: agents, users: users, panels: panels, events: events.service,
                acknowledgements: events.sharedAcknowledgements, passwords: passwords, auditKey: auditKey, signer: signer,
                master: master.key, clocks: clocks, log: log), in: store)
        return Daemon.Rooms(
            store: store, services: services, door: RequestDoor(), gate: gate, signer: signer, refusals: refusals, workers: workers,
            routes: routes, droppedAtLoad: loaded.ring.droppedRetiring, sharing: sharing)
    }

    /// Opens both doors: TCP, and the operator's socket, which has places of its own that TCP cannot fill.
    func listen(_ rooms: Daemon.Rooms) throws -> Daemon.Parts {
        let router = router(of: rooms)
        let handler: @Sendable (HTTPRequest) -> HTTPAnswer = { router.answer($0) }
        let refusal: @Sendable (Int) -> HTTPResponse = { router.refusal(status: $0) }
        let bodyLimit: @Sendable (HTTPMethod, String) -> Int = { router.bodyLimit($0, $1) }
        let tally = rooms.services.streams.hub.tally
        let network = try HTTPServer(
            listener: .tcp(
                address: configuration.daemon.hostname == "localhost" ? "127.0.0.1" : configuration.daemon.hostname,
                port: configuration.daemon.port),
            limits: networkLimits, streamTally: tally, bodyLimit: bodyLimit, refusal: refusal, handler: handler)
        try network.start()
        do {
            let operatorDoor = try directory.withDescriptor { descriptor in
                let door = try HTTPServer(
                    listener: .unix(directory: descriptor, name: "operator.sock"),
                    limits: HTTPLimits(threads: 1, connections: 64, streams: 64),
                    streamTally: tally, bodyLimit: bodyLimit, refusal: refusal, handler: handler)
                try door.start()
                return door
            }
            return Daemon.Parts(rooms: rooms, network: network, operatorDoor: operatorDoor)
        } catch {
            network.stop()
            throw error
        }
    }

    private struct Loaded: Sendable {
        let ring: SessionRingStorage.Loaded
        let suspended: Set<AgentID>
        let lockouts: [String: Lockout]
        let head: AuditHead
        let checkpoint: AuditCheckpoint?
        let auditKey: AuditKey
    }
}
