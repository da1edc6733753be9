import Glibc
import Testing
import WaiaasCore
import WaiaasInstance
import WaiaasStorageSQLite
import WaiaasTestSupport

@testable import WaiaasDaemon

/// The daemon itself, with its sockets, from its start to its stop.
@Suite(.inTurns) struct DaemonLifeTests {
    let ground: Ground
    let log = Lines()

    init() async throws {
        ground = try await Ground()
        // The daemon opens the database by itself, and must be the only one who has it open.
        try ground.store.close()
    }

    private func start(lock: any InstanceLock = UndisputedLock()) async throws -> Daemon {
        var configuration = Configuration()
        configuration.daemon.port = 0
        configuration.daemon.shutdownTimeout = .seconds(5)
        return try await Daemon(House.opening(on: ground, configuration, lock: lock, log: log))
    }

    @Test func `OPS-11: after the stop the secrets are gone, the doors shut and the last records signed`() async throws {
        let daemon = try await start()
        weak let secrets = daemon.rooms?.services.secrets
        weak let gate = daemon.rooms?.gate.passwords
        weak let signer = daemon.rooms?.signer
        #expect(secrets != nil && gate != nil && signer != nil)
        #expect(access(ground.directory.operatorSocket, F_OK) == 0)
        #expect(try ProcessIdentityFile(path: ground.directory.processFile).read() == daemon.holder)
        await daemon.stop()
        #expect(secrets == nil)
        #expect(gate == nil)
        #expect(signer == nil)
        #expect(access(ground.directory.operatorSocket, F_OK) != 0)
        let store = try SQLiteStore.open(path: ground.directory.database, .existing, backups: ground.directory.path)
        defer { try? store.close() }
        let (records, checkpoint) = try await store.read { store in
            (try store.auditRecords(after: 0, limit: 100).map(\.event), try store.newestAuditCheckpoint())
        }
        #expect(records == ["INITIALIZED", "USER_KEY_ROTATED", "EVENT_KEY_MADE", "DAEMON_STARTED", "DAEMON_STOPPED"])
        #expect(checkpoint?.sequence == 5)
        #expect(try CheckpointReader.read(ground.directory.auditCheckpoints).checkpoints == [try #require(checkpoint)])
        #expect(log.all.last?.contains("stopped") == true)
    }

    @Test func `stopping twice is stopping once`() async throws {
        let daemon = try await start()
        await daemon.stop()
        await daemon.stop()
        #expect(log.all.count { $0.contains(" stopped ") } == 1)
    }

    /// A lock that cannot be written on.
    private struct UnwritableLock: InstanceLock {
        func recordAddress(_ address: String) throws(InstanceLockError) { throw .system(path: "daemon.lock", reason: "test") }
        func stillHeld() -> Bool { true }
        func release() {}
    }

    @Test func `a start that fails late leaves no door open and the database closed`() async throws {
        await #expect(throws: InstanceLockError.self) { try await start(lock: UnwritableLock()) }
        #expect(access(ground.directory.operatorSocket, F_OK) != 0)
        let daemon = try await start()
        await daemon.stop()
    }

    @Test func `a wrong password stops the start, and nothing was written`() async throws {
        let configuration = Configuration()
        let opening = try House.opening(on: ground, configuration, log: log, password: TypedPassword(text: "another password"))
        let error = await #expect(throws: (any Error).self) { try await Daemon(opening) }
        guard case .wrongPassword = LocalInstanceError(causedBy: try #require(error)) else {
            Issue.record("\(String(describing: error))")
            return
        }
        let store = try SQLiteStore.open(path: ground.directory.database, .existing, backups: ground.directory.path)
        defer { try? store.close() }
        #expect(try await store.read { try $0.auditHead().sequence } == 1)
    }
}
