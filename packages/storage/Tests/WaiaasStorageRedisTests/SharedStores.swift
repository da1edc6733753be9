import Synchronization
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasStorageTestSupport
import WaiaasTestSupport

@testable import WaiaasStorageRedis

/// A store that shares a log with others, as a daemon would hold it.
final class SharedStore: Sendable {
    let directory: String
    let store: SQLiteStore
    let log: RedisLog
    private let bus: RedisBus
    private let heard = Mutex<(changes: [ForeignChanges], incidents: [LogIncident])>(([], []))

    /// What others changed, in the order it came.
    var changes: [ForeignChanges] { heard.withLock { $0.changes } }
    /// What happened to the log.
    var incidents: [LogIncident] { heard.withLock { $0.incidents } }

    /// - Parameter origin: whose state it joins; nil to found one.
    ///   - deadline: patient, where nothing is said about it: machines that build are slow.
    init(
        on server: RedisServer, _ prefix: String, joining origin: SharedStore? = nil, hears: Bool = true, deadline: Duration = .seconds(5)
    ) async throws {
        directory = try TemporaryStore.makeDirectory()
        if let origin {
            try await origin.store.snapshot(to: directory, name: "waiaas.db")
            store = try SQLiteStore.open(path: directory + "/waiaas.db", backups: directory)
        } else {
            store = try SQLiteStore.open(path: directory + "/waiaas.db", .creating, backups: directory)
            try await store.stand(at: LogHead(sequence: 0, digest: Sample(seed: .random(in: 1...1_000_000)).digest()))
        }
        log = try server.log(prefix, deadline: deadline)
        bus = RedisBus(for: log)
        try log.connect()
        try await store.follow(
            Sharing(
                log: log, sealing: ToyLogSealing(),
                changed: { [weak self] changes, _ in self?.heard.withLock { $0.changes.append(changes) } },
                happened: { [weak self] incident in self?.heard.withLock { $0.incidents.append(incident) } }))
        if hears { try bus.start { [weak store] in store?.catchUp() } }
    }

    deinit {
        bus.stop()
        try? store.close()
        TemporaryStore.remove(directory)
    }

    /// Waits until the store holds what the log held at the call.
    func settle() async throws { try await store.write { _ in } }
}

/// Two stores that take turns, whoever is asked: what they promise together must be what one alone promises.
final class AlternatingStore: Store {
    private let stores: [SharedStore]
    private let turn = Atomic(0)

    init(_ stores: [SharedStore]) {
        self.stores = stores
    }

    private var next: SharedStore { stores[turn.wrappingAdd(1, ordering: .relaxed).oldValue % stores.count] }

    func write<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer, committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        try await next.store.write(change, committed: committed)
    }

    func writeAlone<Answer: Sendable>(
        _ change: @escaping @Sendable (any StoreTransaction) throws -> Answer, committed: @escaping @Sendable (Answer) -> Void
    ) async throws -> Answer {
        try await next.store.writeAlone(change, committed: committed)
    }

    func read<Answer: Sendable>(_ query: @escaping @Sendable (any StoreReading) throws -> Answer) async throws -> Answer {
        let store = next
        try await store.settle()
        return try await store.store.read(query)
    }

    func snapshot(to folder: String, name: String) async throws { try await next.store.snapshot(to: folder, name: name) }
    var fault: StoreError? { stores.compactMap(\.store.fault).first }
    func footprint() throws(StoreError) -> StoreFootprint { try stores[0].store.footprint() }
    func activity() -> StoreActivity { stores[0].store.activity() }

    func close() throws(StoreError) {
        for store in stores { try store.store.close() }
    }
}
