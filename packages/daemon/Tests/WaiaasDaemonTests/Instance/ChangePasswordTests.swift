import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite

@testable import WaiaasDaemon

/// `password change` while no daemon runs.
@Suite(.inTurns) struct ChangePasswordTests {
    private let ground: Ground

    init() async throws {
        ground = try await Ground()
        try ground.store.close()
        try ConfigurationFile.writeInitial(
            to: ground.directory.configurationFile, secretHex: try Ground.secret(String(repeating: "ab", count: 32)))
    }

    private func change(from current: String = Ground.password, to next: String) async throws(LocalInstanceError) {
        try await ground.local.changePassword(
            ChangePasswordRequest(
                selection: InstanceSelection(dataDirectory: ground.directory.path), current: TypedPassword(text: current),
                replacement: TypedPassword(text: next)))
    }

    private func inStore<Answer: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> Answer) async throws -> Answer {
        let store = try SQLiteStore.open(path: ground.directory.database, .existing, backups: ground.directory.path)
        defer { try? store.close() }
        return try await store.read(body)
    }

    @Test func `the wrapping changes with its record, and what it wraps does not`() async throws {
        let before = try await inStore { try Unlocked.wrapping(in: $0) }
        try await change(to: "another good password")
        let (after, events) = try await inStore { store in
            (try Unlocked.wrapping(in: store), try store.auditRecords(after: 0, limit: 10).map { "\($0.event) \($0.actor)" })
        }
        #expect(
            try after.unwrap(password: try Ground.secret("another good password"))
                == before.unwrap(password: try Ground.secret(Ground.password)))
        #expect(throws: WrappedMasterKeyError.wrongPassword) { try after.unwrap(password: try Ground.secret(Ground.password)) }
        #expect(events == ["INITIALIZED cli", "PASSWORD_CHANGED cli"])
    }

    @Test func `a wrong current password, or the same one again, changes nothing`() async throws {
        let before = try await inStore { try Unlocked.wrapping(in: $0) }
        await #expect(throws: LocalInstanceError.wrongPassword) { try await change(from: "a wrong password", to: "another good password") }
        await #expect(throws: LocalInstanceError.password(.unchanged)) { try await change(to: Ground.password) }
        #expect(try await inStore { try Unlocked.wrapping(in: $0) } == before)
    }
}
