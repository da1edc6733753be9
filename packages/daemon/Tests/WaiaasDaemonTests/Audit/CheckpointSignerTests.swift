import Glibc
import Testing
import WaiaasCore
import WaiaasInstance
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct CheckpointSignerTests {
    let house: House
    let agent: Agent
    var signer: CheckpointSigner { house.rooms.signer }

    init() async throws {
        house = try await House()
        agent = try await house.agent()
    }

    private var file: String { house.ground.directory.auditCheckpoints }

    private func append(_ count: Int) async throws {
        for _ in 0..<count { _ = try await house.sessions.revokeAll(of: agent.id, for: House.caller) }
    }

    private func stored() async throws -> [AuditCheckpoint] {
        try await house.store.read { try $0.auditCheckpoints(after: 0, limit: 1_000) }
    }

    /// Checks the chain with everything that the directory holds.
    private func verdict() async throws -> AuditVerdict {
        let kept = try CheckpointReader.read(file)
        return try await house.store.read { store in
            var verification = AuditVerification(
                keys: try store.auditPublicKeys() + kept.keys,
                checkpoints: try store.auditCheckpoints(after: 0, limit: 10_000) + kept.checkpoints,
                trusted: nil, cryptography: AuditKey.verification(with: nil))
            for record in try store.auditRecords(after: 0, limit: 100_000) { verification.check(record) }
            return verification.verdict().adding(kept.faults)
        }
    }

    @Test func `AUD-04: table and file hold the same checkpoints, and the chain verifies by them`() async throws {
        try await append(3)
        try await signer.sign(in: house.store)
        try await append(2)
        try await signer.sign(in: house.store)
        let checkpoints = try await stored()
        #expect(checkpoints.count == 2)
        #expect(try CheckpointReader.read(file).checkpoints == checkpoints)
        let verdict = try await verdict()
        #expect(verdict.isWhole)
        #expect(verdict.notYetSigned == 0)
        #expect(signer.notYetSigned == 0)
    }

    @Test func `nothing new, nothing signed`() async throws {
        try await signer.sign(in: house.store)
        try await signer.sign(in: house.store)
        try await signer.signLast(in: house.store)
        #expect(try await stored().count == 1)
    }

    @Test func `a checkpoint is due after 10 s if there is something new, and not before`() async throws {
        try await signer.sign(in: house.store)
        house.clock.advance(by: .seconds(60))
        #expect(!signer.isDue(at: house.clock.now.continuous))
        try await signer.sign(in: house.store)
        try await append(1)
        house.clock.advance(by: .milliseconds(9_999))
        #expect(!signer.isDue(at: house.clock.now.continuous))
        house.clock.advance(by: .milliseconds(1))
        #expect(signer.isDue(at: house.clock.now.continuous))
    }

    @Test func `a checkpoint is due after 100 records, at once`() async throws {
        try await signer.sign(in: house.store)
        let sequence = try await house.records().count
        // The hundredth wakes the signer by itself; whoever comes after it in the line sees its work done.
        try await append(100)
        try await signer.signLast(in: house.store)
        #expect(try await stored().last?.sequence == Int64(sequence + 100))
        #expect(signer.notYetSigned == 0)
    }

    @Test func `the count follows a note of records that never came to be`() async throws {
        try await signer.sign(in: house.store)
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await append(1) }
        house.store.fail(with: nil)
        house.clock.advance(by: .seconds(10))
        #expect(signer.isDue(at: house.clock.now.continuous))
        try await signer.sign(in: house.store)
        #expect(signer.notYetSigned == 0)
        house.clock.advance(by: .seconds(10))
        #expect(!signer.isDue(at: house.clock.now.continuous))
        #expect(try await verdict().isWhole)
    }

    @Test func `many at once sign one after the other, and the last covers the end`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await append(1)
                    try await house.rooms.signer.signLast(in: house.store)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await stored().last?.sequence == Int64(try await house.records().count))
        #expect(try await stored() == CheckpointReader.read(file).checkpoints)
    }

    @Test func `a signature that could not be stored stands nowhere, and the next makes up for it`() async throws {
        try await append(1)
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await signer.sign(in: house.store) }
        house.store.fail(with: nil)
        #expect(try CheckpointReader.read(file).checkpoints.isEmpty)
        try await signer.sign(in: house.store)
        #expect(try await verdict().notYetSigned == 0)
    }

    @Test func `a checkpoint that a crash kept out of the file is tolerated, and put there by a start`() async throws {
        try await append(1)
        let key = try CheckpointReader.read(file).keys
        try await signer.sign(in: house.store)
        // The file as it was before the last append.
        unlink(file)
        for line in key { try CheckpointFile(path: file).append([.key(line)]) }
        #expect(try await verdict().isWhole)
        let next = try await House(on: house.ground)
        _ = try await next.agent("other")
        try await next.rooms.signer.sign(in: next.store)
        #expect(try CheckpointReader.read(file).checkpoints.count == 2)
        #expect(try await verdict().isWhole)
    }

    @Test func `a checkpoint that could not be appended comes before the next one, and is tried again by itself`() async throws {
        let whole = try CheckpointReader.read(file)
        unlink(file)
        mkdir(file, 0o700)
        try await append(1)
        for _ in 0..<2 { await #expect(throws: CheckpointFileError.self) { try await signer.sign(in: house.store) } }
        house.clock.advance(by: .milliseconds(9_999))
        #expect(!signer.isDue(at: house.clock.now.continuous))
        house.clock.advance(by: .milliseconds(1))
        #expect(signer.isDue(at: house.clock.now.continuous))
        rmdir(file)
        for key in whole.keys { try CheckpointFile(path: file).append([.key(key)]) }
        try await append(1)
        try await signer.sign(in: house.store)
        #expect(try await stored().count == 2)
        #expect(try await stored() == CheckpointReader.read(file).checkpoints)
        house.clock.advance(by: .seconds(10))
        #expect(!signer.isDue(at: house.clock.now.continuous))
    }

    @Test func `a file that is missing is made again`() async throws {
        unlink(file)
        try await signer.sign(in: house.store)
        #expect(try CheckpointReader.read(file).checkpoints.count == 1)
    }
}
