import Synchronization
import WaiaasCore
import WaiaasCrypto
import WaiaasStorageRedis
import WaiaasStorageSQLite

/// What a daemon holds of the state that it shares: the log, the bus that hears of it, the vault for who joins.
final class SharedState: Sendable {
    let log: RedisLog
    let vault: RedisVault
    private let bus: RedisBus
    private let sealer: LogSealer?

    /// - Parameters:
    ///   - settings: where the server is.
    ///   - master: seals what goes there; nil for who only looks.
    init(_ settings: Configuration.Storage, master: MasterKey?) throws {
        guard let address = RedisAddress(settings.redisURL) else {
            throw LocalInstanceError.failed(
                settings.redisURL.isEmpty ? "storage.redis_url is not set" : "storage.redis_url is no address of a Redis server",
                hint: "unix:///run/redis/redis.sock, or redis://10.0.0.5:6379")
        }
        log = RedisLog(
            address, password: settings.redisPasswordFile.map { RedisPasswordFile(path: $0) }, prefix: settings.redisPrefix)
        vault = RedisVault(of: log)
        bus = RedisBus(for: log)
        sealer = try master.map { try LogSealer($0) }
    }

    /// Has a store follow the log.
    ///
    /// - Parameters:
    ///   - changed: takes over into memory what others changed.
    ///   - happened: hears what happened to the log.
    ///   - replacing: hears that entries of this store are about to be taken back.
    func follow(
        with store: SQLiteStore, changed: @escaping @Sendable (ForeignChanges, any StoreReading) -> Void,
        happened: @escaping @Sendable (LogIncident) -> Void, replacing: @escaping @Sendable () -> Void = {}
    ) async throws {
        guard let sealer else { throw StoreError.shared }
        try log.connect()
        try await store.follow(Sharing(log: log, sealing: sealer, changed: changed, happened: happened, replacing: replacing))
    }

    /// Begins to hear what others enter.
    func listen(for store: SQLiteStore) throws(StoreError) { try bus.start { store.catchUp() } }

    /// Ends hearing.
    func stop() { bus.stop() }

    /// Puts a copy of the whole beside the log if one is due and it is this daemon's turn, and the wrapped master key if another one is in
    /// force. Called by the tick.
    ///
    /// - Parameters:
    ///   - folder: for the copy while it is on its way.
    ///   - masterKey: the wrapping in force.
    func provide(from store: SQLiteStore, folder: String, masterKey: String, randomness: Randomness) async throws {
        if try vault.masterKey() != masterKey { try vault.setMasterKey(masterKey) }
        guard try vault.takesTurn() else { return }
        try await putCopy(from: store, folder: folder, randomness: randomness)
    }

    /// Puts a copy of the whole beside the log.
    func putCopy(from store: SQLiteStore, folder: String, randomness: Randomness) async throws {
        guard let sealer else { throw StoreError.shared }
        let file = SharedCopyFile(folder: folder)
        defer { file.remove() }
        try await store.snapshot(to: folder, name: SharedCopyFile.name)
        // Where it stands is told by the copy itself: it may have gone on since the call.
        guard let sequence = try SQLiteStore.position(inCopyAt: file.path)?.sequence else { throw StoreError.shared }
        let name = Hexadecimal.encode(withUnsafeBytes(of: (randomness.word(), randomness.word())) { Array($0) })
        try vault.put(
            copyAt: file.path, through: sequence, name: name, sealing: try sealer.sealing(ofCopy: name, through: sequence))
    }

    /// Writes the newest copy into a file; false if there is none.
    func fetchCopy(to path: String) throws -> Bool {
        guard let sealer else { throw StoreError.shared }
        guard let copy = try vault.copy() else { return false }
        try vault.fetch(copy, to: path, sealing: try sealer.sealing(ofCopy: copy.name, through: copy.sequence))
        return true
    }
}
