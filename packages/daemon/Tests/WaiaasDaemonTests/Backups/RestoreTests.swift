import Glibc
import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasInstance
import WaiaasStorageSQLite
import WaiaasTestSupport

@testable import WaiaasDaemon

/// Backups of a house, and what a restore makes of them.
@Suite(.inTurns) struct RestoreTests {
    let ground: Ground
    let house: House
    let target = TemporaryDirectoryPath()

    init() async throws {
        ground = try await Ground()
        try Folder.make(ground.directory.backups)
        try ConfigurationFile.writeInitial(
            to: ground.directory.configurationFile,
            secretHex: try SecretBytes(copying: Array(String(repeating: "ab", count: 32).utf8).span.bytes))
        house = try await House(on: ground)
    }

    private func backup() async throws -> String {
        let summary = try await house.rooms.services.backups.create(for: House.caller)
        return "\(ground.directory.backups)/\(summary.name)"
    }

    private func restore(
        _ file: String, into path: String, keepingSessions: Bool = false, password: TypedPassword = TypedPassword(),
        _ look: @escaping @Sendable (RestorePreview) -> Bool = { _ in true }
    ) async throws -> RestoreResult? {
        try await ground.local.restore(
            RestoreRequest(
                selection: InstanceSelection(dataDirectory: path), file: file, password: password, keepsSessions: keepingSessions),
            confirm: look)
    }

    /// The ring and the state of a data directory at rest.
    private func stored(_ path: String) async throws -> (ring: SessionRing, state: [StateName: String], records: [AuditRecord]) {
        let directory = DataDirectory(path: path)
        let store = try SQLiteStore.open(path: directory.database, .existing, backups: directory.backups)
        defer { try? store.close() }
        let now = ground.clock.now
        return try await store.read { store in
            let master = try Unlocked.wrapping(in: store).unwrap(password: try Ground.secret(Ground.password))
            let ring = try SessionRingStorage(key: try MasterKey(master).sealingKey(for: .sessionRing)).load(from: store, at: now).ring
            var state: [StateName: String] = [:]
            for name in StateName.allCases { state[name] = try store.state(name) }
            return (ring, state, try store.auditRecords(after: 0, limit: 1_000))
        }
    }

    @Test func `a restore makes a fresh secret, ends every session, and its record names the last checkpoint known`() async throws {
        let agent = try await house.agent()
        _ = try await house.issue(to: agent)
        let file = try await backup()
        _ = try await house.issue(to: agent)
        try await house.rooms.signer.sign(in: house.store)
        let newest = try #require(try await house.store.read { try $0.newestAuditCheckpoint() })
        let old = house.secrets.ring
        try ground.store.close()
        ground.clock.advance(by: .seconds(60))

        let result = try #require(try await restore(file, into: ground.directory.path))
        #expect(result.sessionsEnded == 1 && result.preview.replaced?.newer == ["BACKUP_CREATED": 1, "SESSION_ISSUED": 1])
        let (ring, _, records) = try await stored(ground.directory.path)
        #expect(ring.active.kid == result.sessionKid && ring.active.kid != old.active.kid && ring.retiring == nil)
        #expect(ring.epoch > old.epoch + 1_000, "no sealed value of the replaced database has this epoch")
        let record = try #require(records.last)
        #expect(record.event == "BACKUP_RESTORED" && record.sequence == result.record)
        #expect(AuditRestoration(record)?.left == AuditMark(newest))
        #expect(AuditRestoration(record)?.backupCreatedAt == result.preview.file.description.createdAt)
        let verdict = try await ground.local.verifyAudit(
            UnlockRequest(selection: InstanceSelection(dataDirectory: ground.directory.path), password: TypedPassword()),
            against: AuditEvidence(copy: AuditCheckpointFile(keys: [], checkpoints: [newest], faults: []))
        ) { _, _ in }
        #expect(verdict.isWhole && verdict.restorations.count == 1 && verdict.notYetSigned == 0)
    }

    @Test(arguments: [false, true])
    func `the preview names users, clients, logins and the keys of user tokens`(keepsSessions: Bool) async throws {
        let user = try await house.user()
        _ = try await house.user("eve")
        _ = try await house.users.setDisabled(true, user: try #require(UserID("eve")), for: House.caller)
        for _ in 0..<2 { _ = try await house.login(of: user, client: OAuthClient.ID("dashboard")) }
        let (file, kid) = (try await backup(), house.keys.ring.active.kid)
        try ground.store.close()
        let result = try #require(try await restore(file, into: ground.directory.path, keepingSessions: keepsSessions))
        #expect(
            result.preview.users
                == RestoredUsers(counts: UserCounts(active: 1, disabled: 1), clients: 1, logins: 2, kids: [kid]))
        #expect(result.loginsEnded == (keepsSessions ? 0 : 2))
    }

    @Test func `sealed values of the replaced database do not open beside the restored ones`() async throws {
        let file = try await backup()
        try ground.store.close()
        _ = try #require(try await restore(file, into: ground.directory.path))
        let kept = try #require(try Folder.names(in: ground.directory.path).first { $0.hasPrefix("before-restore") })
        let (before, now) = (try await stored("\(ground.directory.path)/\(kept)").state, try await stored(ground.directory.path).state)
        let store = try SQLiteStore.open(path: ground.directory.database, .existing, backups: ground.directory.backups)
        defer { try? store.close() }
        try await store.write {
            try $0.setState(.jwtSecretCurrent, to: before[.jwtSecretCurrent])
        } committed: { _ in
        }
        #expect(before[.jwtSecretCurrent] != now[.jwtSecretCurrent])
        await #expect(throws: StoreError.damaged(table: "system_state", column: "jwt_secret_current", reason: "it cannot be unsealed")) {
            try await store.read { store in
                let master = MasterKey(try Unlocked.wrapping(in: store).unwrap(password: try Ground.secret(Ground.password)))
                _ = try SessionRingStorage(key: try master.sealingKey(for: .sessionRing)).load(from: store, at: ground.clock.now)
            }
        }
    }

    @Test(arguments: [(Int64(299), true), (301, false)])
    func `kept sessions come back with the ring of then; a window that has ended stays ended`(later: Int64, inWindow: Bool) async throws {
        let agent = try await house.agent()
        let first = try await house.issue(to: agent)
        let old = house.secrets.current.kid
        try await house.rotate()
        let second = try await house.issue(to: agent)
        let file = try await backup()
        _ = try await house.sessions.revoke(second.session.id, for: House.caller)
        try ground.store.close()
        ground.clock.advance(by: .seconds(later))

        let result = try #require(try await restore(file, into: ground.directory.path, keepingSessions: true))
        let (ring, _, records) = try await stored(ground.directory.path)
        #expect(ring.active.kid == house.secrets.current.kid && (ring.retiring != nil) == inWindow)
        #expect(records.contains { $0.event == "PREVIOUS_SECRET_EXPIRED" && $0.details.contains(old.text) } == !inWindow)
        let sessions = result.preview.sessions
        #expect(sessions.count == (inWindow ? 2 : 1) && sessions.kids.count == (inWindow ? 2 : 1))
        #expect(sessions.entries.first { $0.id == second.session.id }?.hasEndedSince == true)
        #expect(sessions.entries.first { $0.id == first.session.id }?.hasEndedSince == (inWindow ? false : nil))
    }

    @Test func `no changes nothing, a wrong password makes nothing`() async throws {
        let file = try await backup()
        #expect(try await restore(file, into: target.path, { _ in false }) == nil)
        #expect(try Folder.names(in: target.path).filter { !["backups", "logs", "daemon.lock"].contains($0) } == [])
        let wrong = TypedPassword(text: "another password")
        await #expect(throws: LocalInstanceError.wrongPassword) { try await restore(file, into: target.path + "/x", password: wrong) }
        #expect(access(target.path + "/x", F_OK) != 0)
    }

    @Test func `the backup opens with the password of its day, and a restore says that another is in force`() async throws {
        let file = try await backup()
        try await house.store.write { transaction in
            let master = try Unlocked.wrapping(in: transaction).unwrap(password: try Ground.secret(Ground.password))
            let anew = try WrappedMasterKey(wrapping: master, password: try Ground.secret("a later password"), parameters: .cheapest)
            try transaction.setState(.masterKey, to: anew.text)
        } committed: { _ in
        }
        try ground.store.close()
        let result = try #require(try await restore(file, into: ground.directory.path))
        #expect(result.preview.replaced?.hasOtherPassword == true)
        _ = try await stored(ground.directory.path)
    }

    @Test func `a database that cannot be read is replaced all the same, and its checkpoints are remembered`() async throws {
        let file = try await backup()
        _ = try await house.agent()
        try await house.rooms.signer.sign(in: house.store)
        let newest = try #require(try await house.store.read { try $0.newestAuditCheckpoint() })
        try ground.store.close()
        truncate(ground.directory.database, 5_000)
        let result = try #require(try await restore(file, into: ground.directory.path))
        #expect(result.preview.replaced?.fault != nil)
        #expect(result.preview.replaced?.checkpoint == AuditMark(newest))
        _ = try await stored(ground.directory.path)
    }

    @Test func `a trial issues and verifies a token, counts, and leaves nothing`() async throws {
        let agent = try await house.agent()
        _ = try await house.issue(to: agent)
        let file = try await backup()
        let trial = try await ground.local.verifyBackup(file, password: TypedPassword())
        #expect(trial.agents == 1 && trial.sessions == 1 && trial.kids == [house.secrets.current.kid] && trial.audit.isWhole)
        await #expect(throws: LocalInstanceError.wrongPassword) {
            try await ground.local.verifyBackup(file, password: TypedPassword(text: "another password"))
        }
    }

    @Test func `a backup whose audit log was tampered with is called unfit`() async throws {
        let house = house
        _ = try await house.agent()
        let rogue = try AuditKey.generate()
        try await house.store.write { transaction in
            try AuditTrail(key: rogue, clocks: house.clock.clocks)
                .append(AuditEvent(.agentSuspended, by: .operator), to: transaction)
        } committed: { _ in
        }
        let file = try await backup()
        let error = await #expect(throws: LocalInstanceError.self) {
            try await ground.local.verifyBackup(file, password: TypedPassword())
        }
        guard case .backup(.unfit(_, let findings)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(findings == ["record 5 carries a MAC that this daemon did not make"])
    }

    @Test func `a making that fails leaves no file and no record`() async throws {
        unlink(ground.directory.configurationFile)
        #expect(try await problem { try await house.rooms.services.backups.create(for: House.caller) } == .backupFailed)
        #expect(try Folder.names(in: ground.directory.backups) == [])
        #expect(try await house.count(of: .backupCreated) == 0)
        house.store.fail(with: .diskFull)
        #expect(try await problem { try await house.rooms.services.backups.create(for: House.caller) } == .backupFailed)
        #expect(try Folder.names(in: ground.directory.backups) == [])
    }
}

/// A directory's name that nothing has yet.
final class TemporaryDirectoryPath: Sendable {
    let path: String

    init() { path = "/tmp/waiaas-test-target-\(getpid())-\(UInt32.random(in: .min ... .max))" }

    deinit { try? Folder.remove(path) }
}
