import Testing
import WaiaasCore

/// The ring whose public halves others hold copies of.
struct KeyRingStagingTests {
    private static func moment(_ seconds: Int64, wall: Int64? = nil) -> Moment {
        Moment(wall: WallTime(seconds: 1_000_000 + (wall ?? seconds)), continuous: ContinuousTime(milliseconds: seconds * 1_000))
    }

    private static func kid(_ text: String) throws -> KeyID { try #require(KeyID(text)) }

    private static func ring() throws -> KeyRing<String> {
        KeyRing(epoch: 4, active: Key(active: try kid("a"), material: "pair a", createdAt: moment(0).wall))
    }

    private static func staged() throws -> KeyRing<String> {
        try ring().staging(try kid("b"), material: "pair b", at: moment(0), for: .seconds(330))
    }

    @Test func `a staged key verifies at once and signs nothing`() throws {
        let ring = try Self.staged()
        #expect(ring.epoch == 5)
        #expect(ring.active.kid.text == "a")
        #expect(ring.verifyingKey(named: try Self.kid("b"), at: Self.moment(0))?.state == .staged)
        #expect(ring.verifyingKeys(at: Self.moment(0)).map(\.kid.text) == ["a", "b"])
    }

    @Test(arguments: [(329, 329, 1), (330, 330, 0), (400, 400, 0), (10, 10_000, 320), (400, -5_000, 0)])
    func `a staged key waits by the continuous clock, wherever the wall clock jumps`(seconds: Int64, wall: Int64, left: Int64) throws {
        #expect(try Self.staged().promotionWait(at: Self.moment(seconds, wall: wall)) == .seconds(left))
    }

    @Test func `a key is not promoted before its time`() throws {
        #expect(throws: RotationRefusal.stillStaged(wait: .seconds(1))) {
            try Self.staged().promoted(at: Self.moment(329), overlap: .seconds(900)) { $0 }
        }
        #expect(throws: RotationRefusal.notStaged) { try Self.ring().promoted(at: Self.moment(0), overlap: .zero) { $0 } }
    }

    @Test func `the key before verifies until its overlap ends, without its private half`() throws {
        let ring = try Self.staged().promoted(at: Self.moment(330), overlap: .seconds(900)) { "public of \($0)" }
        #expect(ring.epoch == 6)
        #expect(ring.active.kid.text == "b")
        #expect(ring.active.state == .active)
        #expect(ring.staged == nil)
        let before = try #require(ring.verifyingKey(named: try Self.kid("a"), at: Self.moment(330 + 900)))
        #expect(before.material == "public of pair a")
        #expect(ring.verifyingKey(named: try Self.kid("a"), at: Self.moment(330 + 901)) == nil)
        #expect(ring.purged(at: Self.moment(330 + 900)) == nil)
        #expect(try #require(ring.purged(at: Self.moment(330 + 901))).retirees.isEmpty)
    }

    @Test func `a second key is not staged while one waits`() throws {
        #expect(throws: RotationRefusal.alreadyStaged(try Self.kid("b"), wait: .seconds(230))) {
            try Self.staged().staging(try Self.kid("c"), material: "pair c", at: Self.moment(100), for: .seconds(330))
        }
    }

    @Test func `several keys retire side by side, and each ends in its own time`() throws {
        let second = try Self.staged().promoted(at: Self.moment(330), overlap: .seconds(9_000)) { $0 }
        let third = try second.staging(try Self.kid("c"), material: "pair c", at: Self.moment(400), for: .seconds(330))
            .promoted(at: Self.moment(800), overlap: .seconds(900)) { $0 }
        #expect(third.retirees.map(\.kid.text) == ["b", "a"])
        #expect(third.verifyingKeys(at: Self.moment(801)).map(\.kid.text) == ["c", "b", "a"])
        let purged = try #require(third.purged(at: Self.moment(1_701)))
        #expect(purged.retirees.map(\.kid.text) == ["a"])
    }

    @Test func `after a leak nothing that was there before is left, the staged key neither`() throws {
        let cut = try Self.staged().cut(to: try Self.kid("z"), material: "pair z", at: Self.moment(400))
        #expect(cut.verifyingKeys(at: Self.moment(400)).map(\.kid.text) == ["z"])
        #expect(cut.staged == nil)
    }

    @Test func `any key but the one that signs can be taken out`() throws {
        let ring = try Self.staged().promoted(at: Self.moment(330), overlap: .seconds(900)) { $0 }
            .staging(try Self.kid("c"), material: "pair c", at: Self.moment(400), for: .seconds(330))
        #expect(try ring.without(try Self.kid("a")).retirees.isEmpty)
        #expect(try ring.without(try Self.kid("c")).staged == nil)
        #expect(throws: RotationRefusal.signs(try Self.kid("b"))) { try ring.without(try Self.kid("b")) }
        #expect(throws: RotationRefusal.unknownKey(try Self.kid("x"))) { try ring.without(try Self.kid("x")) }
    }
}
