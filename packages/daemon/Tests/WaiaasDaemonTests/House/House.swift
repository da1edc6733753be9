import Synchronization
import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasInstance
import WaiaasTestSupport

@testable import WaiaasDaemon

/// Everything between the doors and the disk, put together as the daemon does it, without sockets and with a clock that stands still.
final class House: Sendable {
    let ground: Ground
    let opening: Opening
    let rooms: Daemon.Rooms
    let router: Router
    let log: Lines

    /// A house on new ground.
    convenience init(
        _ configure: (inout Configuration) -> Void = { _ in },
        readSettings: @escaping @Sendable () throws(LocalInstanceError) -> ResolvedSettings = House.defaultSettings
    ) async throws {
        try await self.init(on: try await Ground(), configure, readSettings: readSettings)
    }

    /// A house on ground where one may have stood before: a restart.
    init(
        on ground: Ground, _ configure: (inout Configuration) -> Void = { _ in },
        readSettings: @escaping @Sendable () throws(LocalInstanceError) -> ResolvedSettings = House.defaultSettings
    ) async throws {
        var configuration = Configuration()
        // An RSA pair for every house would cost more than all the rest.
        configuration.auth.algorithm = .edDSA
        configure(&configuration)
        self.ground = ground
        log = Lines()
        opening = try Self.opening(on: ground, configuration, log: log, readSettings: readSettings)
        let master = try await opening.unlock(ground.store)
        rooms = try await opening.rooms(store: ground.store, master: master, address: LateAddress())
        try await rooms.services.secrets.purgeEndedSecret(loadedWithout: rooms.droppedAtLoad)
        router = opening.router(of: rooms)
    }

    /// How a daemon on this ground is opened, with nobody to dispute it and nobody to tell.
    static func opening(
        on ground: Ground, _ configuration: Configuration, lock: any InstanceLock = UndisputedLock(), log: Lines,
        readSettings: @escaping @Sendable () throws(LocalInstanceError) -> ResolvedSettings = House.defaultSettings,
        password: any PasswordSource = TypedPassword()
    ) throws -> Opening {
        let clocks = ground.clock.clocks
        let deadlines = StepDeadline(clocks: clocks) { _ in }
        deadlines.finish()
        return Opening(
            directory: ground.directory, configuration: configuration, settings: try readSettings(),
            live: Snapshot(LiveSettings(configuration)), holder: ground.local.newHolder(), lock: lock, password: password, clocks: clocks,
            randomness: ground.chance.randomness,
            log: Log(threshold: .debug, clocks: clocks, write: log.add), notifier: ServiceNotifier { _ in }, deadlines: deadlines,
            readSettings: readSettings, requestStop: {})
    }

    /// No flag, no variable and no file.
    @Sendable static func defaultSettings() throws(LocalInstanceError) -> ResolvedSettings {
        try attempt { try ConfigurationSources().resolve() }
    }

    var clock: ManualClock { ground.clock }
    var store: SpyStore { ground.store }
    var sessions: SessionService { rooms.services.sessions }
    var secrets: JwtSecretManager { rooms.services.secrets }
    var table: SessionTable { rooms.services.sessions.table }
    var passwords: MasterPasswordGate { rooms.gate.passwords }
}

/// What was logged.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    @Sendable func add(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }

    var all: [String] { lines.withLock { $0 } }
}
