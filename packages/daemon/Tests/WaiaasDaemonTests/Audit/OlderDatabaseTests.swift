import Glibc
import Testing
import WaiaasCore
import WaiaasInstance
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct OlderDatabaseTests {
    let ground: Ground

    init() async throws {
        ground = try await Ground()
        let house = try await House(on: ground)
        _ = try await house.agent()
        try await house.rooms.signer.sign(in: house.store)
    }

    private var file: CheckpointFile { CheckpointFile(path: ground.directory.auditCheckpoints) }

    private func key(of house: House) async throws -> AuditKey {
        let master = try await house.opening.unlock(house.store)
        return try await house.store.read { try AuditKey.load(from: $0, sealedBy: master.key) }
    }

    @Test func `a start goes on where its own checkpoints fit`() async throws {
        _ = try await House(on: ground)
    }

    @Test(arguments: [0, 5])
    func `OPS-03: a signature over a record that the database lacks or has otherwise stops the start`(ahead: Int64) async throws {
        let house = try await House(on: ground)
        let key = try await key(of: house)
        let head = try await house.store.read { try $0.auditHead() }
        let other = AuditHead(sequence: head.sequence + ahead, hash: Sample().digest())
        try file.append([.checkpoint(try key.checkpoint(over: other, at: house.clock.now.wall))])
        let error = await #expect(throws: AuditFileError.self) { try await House(on: ground) }
        #expect(error == .databaseBehind(signedThrough: other.sequence, lastRecord: head.sequence))
        #expect(LocalInstanceError(causedBy: try #require(error)).hint?.contains("audit-checkpoints.jsonl") == true)
    }

    @Test func `a checkpoint that our key did not sign stops nobody`() async throws {
        let forged = try AuditKey.generate().checkpoint(over: AuditHead(sequence: 1_000, hash: Sample().digest()), at: Sample.start)
        try file.append([.checkpoint(forged)])
        _ = try await House(on: ground)
    }

    @Test func `a file that was moved aside is made again from the database, the public half first`() async throws {
        let before = try CheckpointReader.read(ground.directory.auditCheckpoints).keys
        #expect(unlink(ground.directory.auditCheckpoints) == 0)
        _ = try await House(on: ground)
        let after = try CheckpointReader.read(ground.directory.auditCheckpoints)
        #expect(after.keys == before && before.count == 1)
        #expect(after.checkpoints.map(\.sequence) == [4])
    }
}
