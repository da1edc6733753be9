import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasEvents
import WaiaasInstance
import WaiaasTestSupport

@testable import WaiaasDaemon

/// What a rotation finds that others left behind: a target that was down, another rotator, a restore.
@Suite(.inTurns) struct EventAftermathTests {
    let folder: EventFolder

    init() throws { folder = try EventFolder() }

    private func document(_ house: House) throws -> EventDocument {
        var bytes = try #require(try ComparedFile.read(folder.file, limit: EventDocument.limit))
        defer { bytes.wipe() }
        return try EventDocument(reading: bytes, at: house.clock.now)
    }

    @Test func `a target that was down while a rotation was taken back is written by the next one`() async throws {
        let house = try await House.withEventFile(folder.file) { $0.events.ackTimeout = .seconds(5) }
        _ = try await house.eventConsumer("web-1")
        let lost = try await house.rotateEvents()
        try await house.eventTick()
        #expect(try document(house).ring.staged?.kid == lost.to)
        // Gone: what was the file's folder is none any more.
        try folder.hide()
        _ = try await house.events.service.withdraw(because: .aborted, by: .operator, requestID: nil)
        for _ in 0..<8 { try await house.eventTick() }
        #expect(house.eventStep == .rolledBack)
        // A second one that does not get there either.
        try await house.rotateEvents()
        for _ in 0..<20 { try await house.eventTick() }
        #expect(house.eventStep == .failed)
        try folder.show()
        #expect(try document(house).ring.staged?.kid == lost.to)
        let job = try await house.rotateEvents()
        try await house.eventTick()
        #expect(house.eventStep == .staged)
        #expect(try document(house).ring.staged?.kid == job.to)
    }

    @Test func `a target that a rotation went on without is written by the next one`() async throws {
        let house = try await House.withEventFile(folder.file)
        let (consumer, _) = try await house.eventConsumer("web-1")
        let first = try await house.rotateEvents(window: 2)
        try await house.eventTick()
        try folder.hide()
        _ = try await house.events.service.resume(without: ["disk"], by: .operator, requestID: nil)
        for _ in 0..<6 {
            house.poll(consumer)
            try await house.eventTick()
        }
        #expect(house.eventStep == .retired && house.eventKid == first.to)
        try folder.show()
        #expect(try document(house).ring.active.kid == first.from)
        #expect(await house.events.checkTargets().targets.first?.finding.contains("it was left behind") == true)
        let next = try await house.rotateEvents(window: 2)
        for _ in 0..<8 {
            house.poll(consumer)
            try await house.eventTick()
        }
        #expect(house.eventStep == .retired)
        #expect(try document(house).ring.active.kid == next.to)
    }

    @Test func `SEC-11: a key that another rotator staged is not overwritten`() async throws {
        let house = try await House.withEventFile(folder.file)
        try await house.rotateEvents(window: 1)
        for _ in 0..<6 { try await house.eventTick() }
        let ring = house.events.service.state.ring
        let stranger = try EventSecret.generate()
        let theirs = EventRing(
            epoch: 0, active: ring.active,
            staged: Key(
                staged: stranger.kid, material: stranger, createdAt: nil, staging: Overlap(startingAt: house.clock.now, length: .zero)))
        try folder.write(String(decoding: EventDocument(theirs, rotation: "theirs").encoded(), as: UTF8.self))
        try await house.rotateEvents()
        for _ in 0..<3 { try await house.eventTick() }
        #expect(house.eventStep == .failed)
        #expect(try document(house).ring.staged?.kid == stranger.kid)
    }

    @Test func `SEC-15: keys of a backup sign nothing until the targets are found to use them`() async throws {
        let house = try await House.withEventFile(folder.file)
        try await house.rotateEvents(window: 1)
        for _ in 0..<6 { try await house.eventTick() }
        #expect(house.eventStep == .retired)
        try await house.restoreEvents()
        #expect(throws: Problem(.eventKeysRestored)) { try house.events.service.sign([1], id: nil, as: .standard) }
        #expect(house.events.status().silence == "it was not yet looked at what is in use")
        #expect(try await problem { try await house.rotateEvents() } == .eventKeysRestored)
        try await house.eventTick()
        #expect(house.events.status().silence == nil)
        _ = try house.events.service.sign([1], id: nil, as: .standard)
        #expect(try await house.count(of: .eventKeysCompared) == 1)
    }

    @Test func `keys of a backup that the targets have left behind never sign, and importing what is in use mends it`() async throws {
        let house = try await House.withEventFile(folder.file)
        let text = String(repeating: "e", count: 64)
        // A rotation that was under way when the backup was made, and ended otherwise.
        try await house.rotateEvents()
        try folder.write(text)
        try await house.restoreEvents()
        let lost = house.eventKid
        for _ in 0..<12 { try await house.eventTick() }
        let silence = try #require(house.events.status().silence)
        #expect(silence.contains("disk uses another key (kid "))
        #expect(try ComparedFile.read(folder.file, limit: 1_000) == Array(text.utf8), "nothing was written")
        #expect(throws: Problem(.eventKeysRestored)) { try house.events.service.sign([1], id: nil, as: .standard) }
        // The mark is kept over a restart.
        let next = try await House.withEventFile(folder.file, on: house.ground)
        #expect(next.events.service.state.isRestored)
        try await next.events.service.importSecret(try Ground.secret(text), by: .operator, requestID: nil)
        #expect(next.events.status().silence == nil && next.eventKid != lost && next.eventStep == .rolledBack)
        #expect(await next.events.checkTargets().targets.map(\.ok) == [true])
    }

    @Test func `a target that cannot be read after a restore keeps the keys silent too`() async throws {
        let house = try await House.withEventFile(folder.file)
        try folder.write("half")
        try await house.restoreEvents()
        try await house.eventTick()
        #expect(house.events.status().silence?.hasPrefix("disk: ") == true)
        let job = try await house.events.service.cut(by: .operator, requestID: nil)
        #expect(house.events.status().silence == nil && house.eventKid == job.to)
    }

    @Test func `a consumer that signs with a newer key than the backup's keeps that silent, and a silent consumer delays it a little`()
        async throws
    {
        let house = try await House()
        let (silent, _) = try await house.eventConsumer("web-1")
        let (newer, _) = try await house.eventConsumer("web-2")
        try await house.restoreEvents()
        for _ in 0..<4 { try await house.eventTick() }
        #expect(house.events.status().silence != nil)
        let foreign = try EventSecret.generate().kid
        house.events.consumers.acknowledgements.note([foreign], of: newer.name, at: house.clock.now)
        for _ in 0..<12 { try await house.eventTick() }
        #expect(house.events.status().silence == "web-2 signs with another key (kid \(foreign))")
        house.poll(newer)
        for _ in 0..<6 { try await house.eventTick() }
        #expect(house.events.status().silence == nil && house.events.consumers.acknowledgements.entry(of: silent.name) == nil)
    }
}
