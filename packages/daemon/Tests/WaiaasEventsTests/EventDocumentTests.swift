import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasEvents

/// The stored document: what is written is read again, and what is not whole is refused.
struct EventDocumentTests {
    let clock = ManualClock()
    let key = String(repeating: "ab", count: 32)

    private func read(_ text: String) throws -> EventDocument { try EventDocument(reading: Array(text.utf8), at: clock.now) }

    private func rotated() throws -> (staged: EventRing, promoted: EventRing, retired: EventRing) {
        let new = try EventSecret.generate()
        let staged = try EventSignatureTests.ring(key).staging(new.kid, material: new, at: clock.now, for: .zero)
        let promoted = try staged.promoted(at: clock.now, overlap: .seconds(60)) { $0 }
        return (staged, promoted, EventRing(epoch: 0, active: promoted.active))
    }

    @Test func `each step is read as it was written`() throws {
        let rings = try rotated()
        for ring in [rings.staged, rings.promoted, rings.retired] {
            let document = EventDocument(ring, rotation: "r1")
            let again = try EventDocument(reading: document.encoded(), at: clock.now)
            #expect(again.says(document) && document.says(again))
            #expect(again.ring.active.kid == ring.active.kid && again.ring.staged?.kid == ring.staged?.kid)
            #expect(again.ring.retirees.map(\.kid) == ring.retirees.map(\.kid))
        }
        #expect(!EventDocument(rings.staged, rotation: "r1").says(EventDocument(rings.promoted, rotation: "r1")))
        #expect(!EventDocument(rings.staged, rotation: "r1").says(EventDocument(rings.staged, rotation: "r2")))
    }

    @Test func `the plain fields hold what older readers need: never an empty one`() throws {
        let rings = try rotated()
        func plain(_ ring: EventRing, _ name: String) throws -> String? {
            try JSONDocument(scanning: EventDocument(ring, rotation: nil).encoded()).root.member(name)?.string
        }
        func text(_ secret: EventSecret) -> String {
            secret.text.withBytes { bytes in
                String(decoding: (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }, as: UTF8.self)
            }
        }
        let (old, new) = (key, text(rings.retired.active.material))
        #expect(try plain(rings.staged, "value") == old)
        #expect(try plain(rings.staged, "old_value") == new)
        #expect(try plain(rings.promoted, "value") == new)
        #expect(try plain(rings.promoted, "old_value") == old)
        #expect(try plain(rings.retired, "value") == new)
        #expect(try plain(rings.retired, "old_value") == nil)
    }

    @Test func `a key whose window is over is none of the reader's, and the document is not taken for one without it`() throws {
        let rings = try rotated()
        let document = EventDocument(rings.promoted, rotation: "r1")
        let bytes = document.encoded()
        clock.advance(by: .milliseconds(60_001))
        let late = try EventDocument(reading: bytes, at: clock.now)
        #expect(late.ring.retirees.isEmpty && late.ended == [rings.promoted.retirees[0].kid])
        #expect(!late.says(EventDocument(rings.retired, rotation: "r1")))
    }

    @Test func `a bare secret is taken as the key that signs, alone or in an object`() throws {
        for text in [key, key + "\n", #"{"value":"\#(key)"}"#] {
            let document = try read(text)
            let kid = try EventSignatureTests.ring(key).active.kid
            #expect(document.isBare && document.ring.active.kid == kid)
        }
    }

    @Test func `every half of a document is refused`() throws {
        let bytes = EventDocument(try rotated().promoted, rotation: "r1").encoded()
        for count in 0..<bytes.count {
            #expect(throws: (any Error).self) { try EventDocument(reading: Array(bytes.prefix(count)), at: clock.now) }
        }
    }

    @Test func `what contradicts itself is refused`() throws {
        let bytes = EventDocument(try rotated().promoted, rotation: "r1").encoded()
        let text = String(decoding: bytes, as: UTF8.self)
        func expect(_ fault: EventDocumentFault, _ from: String, _ to: String, _ place: SourceLocation = #_sourceLocation) {
            #expect(text.contains(from), sourceLocation: place)
            #expect(throws: fault, sourceLocation: place) { try read(text.replacing(from, with: to)) }
        }
        expect(.notOneActive, #""state":"retiring""#, #""state":"active""#)
        expect(.newer, #""v":1"#, #""v":2"#)
        expect(.contradictory, #""value":""#, #""value":"x"#)
        expect(.wrongKid, #""kid":""#, #""kid":"0"#)
        expect(.unreadable, #""verify_until""#, #""verify_till""#)
        #expect(throws: EventSecretFault.empty) { try read(#"{"value":""}"#) }
        #expect(throws: EventSecretFault.empty) { try read("\n") }
        #expect(throws: EventDocumentFault.tooLarge) { try read(String(repeating: "a", count: EventDocument.limit + 1)) }
    }
}
