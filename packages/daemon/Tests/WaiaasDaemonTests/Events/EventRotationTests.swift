import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasInstance
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct EventRotationTests {
    let folder: EventFolder

    init() throws { folder = try EventFolder() }

    private func document(_ house: House) throws -> EventDocument {
        var bytes = try #require(try ComparedFile.read(folder.file, limit: EventDocument.limit))
        defer { bytes.wipe() }
        return try EventDocument(reading: bytes, at: house.clock.now)
    }

    @Test func `KEY-03: a rotation is staged, acknowledged, promoted and retired, and the file follows each step`() async throws {
        let house = try await House.withEventFile(folder.file)
        let (consumer, _) = try await house.eventConsumer("web-1")
        let old = house.eventKid
        house.poll(consumer)
        let job = try await house.rotateEvents()
        #expect(house.eventStep == .planned && house.eventKid == old)
        try await house.eventTick()
        #expect(house.eventStep == .staged)
        #expect(try document(house).ring.staged?.kid == job.to)
        #expect(try document(house).ring.active.kid == old)
        #expect(house.events.rotator.missing(in: try #require(house.events.service.state.rotation)) == ["web-1"])
        for _ in 0..<30 { try await house.eventTick() }
        #expect(house.eventStep == .staged && house.eventKid == old)
        house.poll(consumer)
        try await house.eventTick()
        #expect(house.eventStep == .promoted && house.eventKid == job.to)
        #expect(try document(house).ring.active.kid == job.to)
        #expect(try document(house).ring.retirees.map(\.kid) == [old])
        house.poll(consumer)
        try await house.eventTick()
        #expect(house.eventStep == .promoteAcknowledged)
        for _ in 0..<12 { try await house.eventTick() }
        #expect(house.eventStep == .retired)
        let last = try document(house)
        #expect(last.ring.active.kid == job.to && last.ring.retirees.isEmpty && last.ended.isEmpty)
        #expect(house.events.service.state.ring.retirees.isEmpty)
        for event: AuditEventName in [
            .eventRotationStarted, .eventKeyStaged, .eventStageAcknowledged, .eventSecretRotated, .eventPromotionAcknowledged,
            .eventKeyExpired, .eventKeyRetired,
        ] {
            #expect(try await house.count(of: event) == 1, "\(event)")
        }
        #expect(house.log.all.contains { $0.contains("Reloaded spiral event secret") && $0.contains(old.text) && $0.contains(job.to.text) })
    }

    @Test func `SEC-08: neither the log nor the audit log holds a key`() async throws {
        let house = try await House.withEventFile(folder.file)
        let (_, token) = try await house.eventConsumer("web-1", roles: [.sign])
        let first = house.events.service.state.ring.active.material
        try await house.rotateEvents(window: 1)
        for _ in 0..<6 { try await house.eventTick() }
        #expect(house.eventStep == .retired)
        let texts = [first, house.events.service.state.ring.active.material].map { secret in
            secret.text.withBytes { bytes in
                String(decoding: (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }, as: UTF8.self)
            }
        }
        let records = try await house.records().map { "\($0)" }
        for text in texts + [token.text] {
            #expect(!house.log.all.contains { $0.contains(text) })
            #expect(!records.contains { $0.contains(text) })
        }
        // Nor is it in the database but sealed.
        let rows = try await house.state().values
        for text in texts { #expect(!rows.contains { $0.contains(text) }) }
    }

    @Test func `KEY-07: who does not follow is named, the old key goes on signing, and resume finishes`() async throws {
        let house = try await House.withEventFile(folder.file)
        let (good, _) = try await house.eventConsumer("web-1")
        let (late, _) = try await house.eventConsumer("web-2")
        let old = house.eventKid
        try await house.rotateEvents()
        for _ in 0..<65 {
            try await house.eventTick()
            house.poll(good)
        }
        let halted = try #require(house.events.service.state.rotation)
        #expect(halted.step == .staged && halted.missing == ["web-2"] && house.eventKid == old)
        #expect(try await problem { try await house.rotateEvents() } == .eventRotationRunning)
        // Coming back is not enough: somebody has decided, or will.
        house.poll(late)
        try await house.eventTick()
        #expect(house.eventStep == .staged)
        _ = try await house.events.service.resume(without: [], by: .operator, requestID: nil)
        try await house.eventTick()
        #expect(house.eventStep == .promoted)
        #expect(try await house.count(of: .eventRotationHalted) == 1)
        #expect(try await house.count(of: .eventRotationResumed) == 1)
    }

    @Test func `resume without somebody goes on, and the record names them`() async throws {
        let house = try await House.withEventFile(folder.file)
        _ = try await house.eventConsumer("web-1")
        try await house.rotateEvents()
        for _ in 0..<65 { try await house.eventTick() }
        _ = try await house.events.service.resume(without: ["web-1"], by: .operator, requestID: nil)
        try await house.eventTick()
        #expect(house.eventStep == .promoteAcknowledged)
        let record = try #require(try await house.records().last { $0.event == AuditEventName.eventRotationResumed.rawValue })
        #expect("\(record)".contains("web-1"))
    }

    @Test func `abort drops the staged key here and in the file; afterwards nothing is left to abort`() async throws {
        let house = try await House.withEventFile(folder.file)
        _ = try await house.eventConsumer("web-1")
        let old = house.eventKid
        let job = try await house.rotateEvents()
        try await house.eventTick()
        #expect(try document(house).ring.staged?.kid == job.to)
        _ = try await house.events.service.withdraw(because: .aborted, by: .operator, requestID: nil)
        #expect(house.events.service.state.ring.staged == nil)
        try await house.eventTick()
        #expect(house.eventStep == .rolledBack && house.eventKid == old)
        #expect(try document(house).ring.staged == nil)
        #expect(
            try await problem { try await house.events.service.withdraw(because: .aborted, by: .operator, requestID: nil) }
                == .eventRotationNotRunning)
    }

    @Test func `KEY-09: rollback brings the key before back while it verifies, and never afterwards`() async throws {
        let house = try await House.withEventFile(folder.file)
        let old = house.eventKid
        let job = try await house.rotateEvents(window: 10)
        for _ in 0..<3 { try await house.eventTick() }
        #expect(house.eventKid == job.to)
        #expect(
            try await problem { try await house.events.service.withdraw(because: .aborted, by: .operator, requestID: nil) }
                == .eventKeySigns)
        let back = try await house.events.service.rollBack(by: .operator, requestID: nil)
        #expect(house.eventKid == old && back.kind == .rollback)
        for _ in 0..<14 { try await house.eventTick() }
        #expect(house.eventStep == .retired && house.eventKid == old)
        #expect(try document(house).ring.active.kid == old)
        #expect(try await problem { try await house.events.service.rollBack(by: .operator, requestID: nil) } == .eventKeyEnded)
    }

    @Test func `KEY-08: after a leak a fresh key signs at once and no other verifies, not even a staged one`() async throws {
        let house = try await House.withEventFile(folder.file)
        let body = Array("e".utf8)
        let before = house.events.service.state.ring.signLegacy(body)
        let staged = try await house.rotateEvents()
        try await house.eventTick()
        let job = try await house.events.service.cut(by: .operator, requestID: nil)
        let ring = house.events.service.state.ring
        #expect(ring.active.kid == job.to && ring.staged == nil && ring.retirees.isEmpty)
        #expect(!ring.verifyLegacy(body, signature: before, at: house.clock.now).isValid)
        #expect(job.to != staged.to)
        for _ in 0..<3 { try await house.eventTick() }
        #expect(house.eventStep == .retired)
        #expect(try document(house).ring.active.kid == job.to && document(house).ring.retirees.isEmpty)
    }

    @Test func `KEY-05: a restart at any step goes on, with one key that signs`() async throws {
        let house = try await House.withEventFile(folder.file)
        let old = house.eventKid
        let job = try await house.rotateEvents(window: 5)
        var seen: Set<EventRotationStep> = []
        var next = house
        for _ in 0..<30 {
            // Each tick is another process.
            next = try await House.withEventFile(folder.file, on: house.ground)
            try await next.eventTick()
            seen.insert(try #require(next.eventStep))
            let ring = next.events.service.state.ring
            #expect([old, job.to].contains(ring.active.kid))
            #expect(ring.staged == nil || ring.active.kid == old)
        }
        #expect(seen.isSuperset(of: [.retired]))
        #expect(next.eventKid == job.to && next.events.service.state.ring.retirees.isEmpty)
        #expect(try await house.count(of: .eventSecretRotated) == 1)
    }

    @Test func `SEC-11: a file that holds somebody else's secret is not overwritten, and the rotation takes itself back`() async throws {
        let house = try await House.withEventFile(folder.file)
        try folder.write(String(repeating: "f", count: 64))
        let old = house.eventKid
        try await house.rotateEvents()
        for _ in 0..<3 { try await house.eventTick() }
        #expect(house.eventStep == .failed && house.eventKid == old && house.events.service.state.ring.staged == nil)
        #expect(try document(house).isBare)
        let report = house.events.report(try #require(house.events.service.state.rotation))
        #expect(report.failure?.contains("disk: it holds another secret") == true)
    }

    @Test(arguments: [#"{"v":1,"value":"abc"#, "{}", "", "short", #"{"value":""}"#])
    func `a file that is half written or holds no key is refused, and nothing changes`(text: String) async throws {
        let house = try await House.withEventFile(folder.file)
        try folder.write(text)
        let old = house.eventKid
        try await house.rotateEvents()
        for _ in 0..<3 { try await house.eventTick() }
        #expect(house.eventStep == .failed && house.eventKid == old)
        #expect(try ComparedFile.read(folder.file, limit: 1_000) == Array(text.utf8))
    }

    @Test func `moving in: an imported secret signs as it stands, and the file that held it alone is taken over`() async throws {
        let house = try await House.withEventFile(folder.file)
        let text = String(repeating: "d", count: 64)
        try folder.write(text + "\n")
        try await house.events.service.importSecret(try Ground.secret(text + "\n"), by: .operator, requestID: nil)
        let imported = house.eventKid
        #expect(try document(house).ring.active.kid == imported)
        #expect(await house.events.checkTargets().targets.map(\.ok) == [true])
        let job = try await house.rotateEvents(window: 3)
        for _ in 0..<8 { try await house.eventTick() }
        #expect(house.eventStep == .retired)
        #expect(try document(house).ring.active.kid == job.to)
        for bad in ["", "short", String(repeating: "a", count: 32) + " "] {
            #expect(
                try await problem { try await house.events.service.importSecret(try Ground.secret(bad), by: .operator, requestID: nil) }
                    == .eventKeyUnfit)
        }
    }

    @Test func `readers who cannot answer get their time before the new key signs`() async throws {
        let house = try await House.withEventFile(folder.file, settle: 60)
        let old = house.eventKid
        try await house.rotateEvents()
        for _ in 0..<59 { try await house.eventTick() }
        #expect(house.eventStep == .staged && house.eventKid == old)
        for _ in 0..<4 { try await house.eventTick() }
        #expect(house.eventStep == .promoted)
    }

    @Test func `the schedule rotates by the age of the key, which a restart does not change`() async throws {
        let schedule: (inout Configuration) -> Void = { $0.events.rotateEvery = .seconds(3_600) }
        let house = try await House.withEventFile(folder.file, schedule)
        try await house.eventTick()
        #expect(house.events.service.state.rotation == nil)
        house.clock.advance(by: .seconds(3_598))
        let next = try await House.withEventFile(folder.file, on: house.ground, schedule)
        try await next.eventTick()
        #expect(next.events.service.state.rotation?.initiator == "system")
    }

    @Test func `what cannot be stored has not happened`() async throws {
        let house = try await House.withEventFile(folder.file)
        let old = house.eventKid
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.rotateEvents() }
        await #expect(throws: StoreError.diskFull) { try await house.eventConsumer("web-1") }
        house.store.fail(with: nil)
        #expect(house.eventKid == old && house.events.service.state.ring.staged == nil && house.events.service.state.consumers.isEmpty)
    }
}
