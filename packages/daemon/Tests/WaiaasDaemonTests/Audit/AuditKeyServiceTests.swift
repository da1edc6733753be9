import Glibc
import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasInstance
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct AuditKeyServiceTests {
    let ground: Ground
    let house: House

    init() async throws {
        ground = try await Ground()
        house = try await House(on: ground)
        _ = try await house.agent()
    }

    private var service: AuditKeyService { house.rooms.services.rings.audit }
    private var path: String { ground.directory.auditCheckpoints }

    /// Checks the chain with all that the directory holds, every record's MAC under the key of its time left aside.
    private func verdict(trusting trusted: KeyID? = nil, of house: House) async throws -> AuditVerdict {
        let kept = try CheckpointReader.read(path)
        return try await house.store.read { store in
            var verification = AuditVerification(
                keys: try store.auditPublicKeys() + kept.keys,
                checkpoints: try store.auditCheckpoints(after: 0, limit: 10_000) + kept.checkpoints,
                trusted: trusted, cryptography: WaiaasDaemon.AuditKey.verification(with: nil))
            for record in try store.auditRecords(after: 0, limit: 100_000) { verification.check(record) }
            return verification.verdict().adding(kept.faults)
        }
    }

    @Test func `a new key is vouched for by the one before, and the log stays whole, before and after further records`() async throws {
        let first = service.key.current.kid
        var kids = [first]
        for round in 0..<3 {
            let kid = try await service.rotate(for: House.caller).kid
            kids.append(kid)
            #expect(service.key.current.kid == kid)
            #expect(try await verdict(trusting: first, of: house).isWhole)
            _ = try await house.agent("agent\(round)")
            try await house.rooms.signer.sign(in: house.store)
            let verdict = try await verdict(trusting: first, of: house)
            #expect(verdict.isWhole)
            #expect(verdict.notYetSigned == 0)
        }
        let keys = try await house.store.read { try $0.auditPublicKeys() }
        #expect(keys.map(\.kid) == kids)
        #expect(keys.map(\.voucher?.kid) == [nil] + kids.dropLast())
        #expect(try CheckpointReader.read(path).keys.map(\.kid) == kids)
        #expect(try await CheckpointReader.read(path).checkpoints == house.store.read { try $0.auditCheckpoints(after: 0, limit: 100) })
        #expect(try await service.keys().map(\.kid) == kids.reversed())
        #expect(try await house.count(of: .auditKeyRotated) == 3)
    }

    @Test func `a rotation of a log that is signed to its end signs it not twice`() async throws {
        try await house.rooms.signer.sign(in: house.store)
        let before = try await house.store.read { try $0.auditCheckpoints(after: 0, limit: 100) }
        _ = try await service.rotate(for: House.caller)
        #expect(try await house.store.read { try $0.auditCheckpoints(after: 0, limit: 100) } == before)
        #expect(try CheckpointReader.read(path).checkpoints == before)
        #expect(try await verdict(of: house).isWhole)
    }

    @Test func `KEY-05: a crash between the commit and the file is made good by the next start`() async throws {
        let lines = try CheckpointReader.read(path)
        let first = service.key.current.kid
        let kid = try await service.rotate(for: House.caller).kid
        // The file as it was before.
        #expect(unlink(path) == 0)
        for key in lines.keys { try CheckpointFile(path: path).append([.key(key)]) }
        for checkpoint in lines.checkpoints { try CheckpointFile(path: path).append([.checkpoint(checkpoint)]) }
        let next = try await House(on: ground)
        #expect(next.rooms.services.rings.audit.key.current.kid == kid)
        let after = try CheckpointReader.read(path)
        #expect(after.keys.map(\.kid) == [first, kid])
        #expect(try await after.checkpoints == next.store.read { try $0.auditCheckpoints(after: 0, limit: 100) })
        _ = try await next.agent("another")
        try await next.rooms.signer.sign(in: next.store)
        #expect(try await verdict(trusting: first, of: next).isWhole)
    }

    @Test func `a file that was moved aside gets the keys before too, so that a copy of it stands alone`() async throws {
        let first = service.key.current.kid
        let kid = try await service.rotate(for: House.caller).kid
        #expect(unlink(path) == 0)
        let next = try await House(on: ground)
        #expect(try CheckpointReader.read(path).keys.map(\.kid) == [first, kid])
        #expect(try await verdict(trusting: first, of: next).isWhole)
    }

    @Test func `AUD-03: a rotation that cannot be stored leaves key, log and file as they were`() async throws {
        let (kid, events, lines) = (service.key.current.kid, try await house.events(), try CheckpointReader.read(path))
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await service.rotate(for: House.caller) }
        house.store.fail(with: nil)
        #expect(service.key.current.kid == kid)
        #expect(try await house.events() == events)
        #expect(try CheckpointReader.read(path).keys == lines.keys)
        #expect(try await House(on: ground).rooms.services.rings.audit.key.current.kid == kid)
        _ = try await service.rotate(for: House.caller)
        #expect(try await verdict(of: house).isWhole)
    }

    @Test func `a rotation whose line the file cannot take says so, and the line comes before anything that is signed later`() async throws
    {
        let (first, aside) = (service.key.current.kid, path + ".aside")
        #expect(rename(path, aside) == 0)
        #expect(mkdir(path, 0o700) == 0)
        let rotation = try await service.rotate(for: House.caller)
        #expect(!rotation.isInFile)
        #expect(service.key.current.kid == rotation.kid)
        let answer = try await house.rooms.services.rings.rotate(.audit, compromised: false, isDryRun: false, for: House.caller)
        #expect(answer.timeline.contains { $0.event.contains("could not be written") })
        #expect(rmdir(path) == 0)
        #expect(rename(aside, path) == 0)
        house.clock.advance(by: .seconds(10))
        #expect(house.rooms.signer.isDue(at: house.clock.now.continuous))
        try await house.rooms.signer.sign(in: house.store)
        #expect(try CheckpointReader.read(path).keys.map(\.kid) == [first, rotation.kid, service.key.current.kid])
        #expect(try await CheckpointReader.read(path).checkpoints == house.store.read { try $0.auditCheckpoints(after: 0, limit: 100) })
        #expect(try await verdict(trusting: first, of: house).isWhole)
        #expect(try await service.rotate(for: House.caller).isInFile)
    }

    @Test func `rotations and records that meet leave a whole log`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<24 { group.addTask { _ = try await house.agent("many\(index)") } }
            for _ in 0..<4 {
                group.addTask { _ = try await house.rooms.services.rings.audit.rotate(for: House.caller) }
                group.addTask { try await house.rooms.signer.signLast(in: house.store) }
            }
            try await group.waitForAll()
        }
        try await house.rooms.signer.signLast(in: house.store)
        let verdict = try await verdict(of: house)
        #expect(verdict.isWhole)
        #expect(verdict.notYetSigned == 0)
        #expect(try await house.store.read { try $0.auditPublicKeys() }.count == 5)
    }

    @Test func `a key of the audit ring cannot be taken out`() async throws {
        let rings = house.rooms.services.rings
        #expect(
            try await problem { try await rings.remove(service.key.current.kid, from: .audit, isTainted: true, for: House.caller) }
                == .keySigns)
    }
}
