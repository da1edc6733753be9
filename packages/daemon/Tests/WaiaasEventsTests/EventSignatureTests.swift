import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasEvents

/// Both forms of signatures, and what is refused.
struct EventSignatureTests {
    let clock = ManualClock()
    let body = Array(#"{"type":"order.paid","amount":"12.50"}"#.utf8)

    static func secret(_ text: String) throws -> EventSecret { try EventSecret(try SecretBytes(copying: text.utf8.span.bytes)) }

    static func ring(_ text: String = String(repeating: "ab", count: 32)) throws -> EventRing {
        let secret = try secret(text)
        return EventRing(epoch: 0, active: Key(active: secret.kid, material: secret, createdAt: nil))
    }

    /// Known answers, computed with Python's hmac over the same texts.
    @Test func `SEC-16: both forms are the HMAC that others compute`() throws {
        let ring = try Self.ring("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
        #expect(
            ring.signLegacy(Array(#"{"a":1}"#.utf8)) == "589a60deec2fc76f6f88219333240e55af762bdf12f58327b37d5b6bec15f76f")
        let moment = Moment(wall: WallTime(seconds: 1_700_000_000), continuous: ContinuousTime(milliseconds: 0))
        let signed = try #require(ring.sign(Array(#"{"a":1}"#.utf8), id: "evt_1", at: moment))
        #expect(signed.timestamp == 1_700_000_000)
        #expect(signed.signature == "v1,a4QWaT8EFGD0vQvxtH4AFD3acf58fa91I2njGxitZcw=")
        #expect(ring.active.kid.text == "0cbb7a8150e64d72")
    }

    @Test func `what is signed verifies, and nothing else does`() throws {
        let ring = try Self.ring()
        let signed = try #require(ring.sign(body, id: "evt_1", at: clock.now))
        func verdict(
            body: [UInt8]? = nil, id: String = "evt_1", timestamp: String? = nil, signature: String? = nil
        ) -> EventVerdict {
            ring.verify(
                body ?? self.body, id: id, timestamp: timestamp ?? String(signed.timestamp), signature: signature ?? signed.signature,
                at: clock.now)
        }
        #expect(verdict() == .valid(ring.active.kid))
        #expect(verdict(signature: "v1a,AAAA v2,BBBB \(signed.signature)") == .valid(ring.active.kid))
        #expect(verdict(body: body + [0x20]) == .refused(.signature))
        #expect(verdict(id: "evt_2") == .refused(.signature))
        #expect(verdict(timestamp: String(signed.timestamp + 1)) == .refused(.signature))
        for timestamp in ["", "abc", " 1", "+1", "01", "1.0", "99999999999999999999"] {
            #expect(verdict(timestamp: timestamp) == .refused(.malformed), "\(timestamp)")
        }
        for id in ["", "a.b", "a b", "a\nb", "ü", String(repeating: "a", count: 257)] {
            #expect(verdict(id: id) == .refused(.malformed), "\(id)")
        }
        for signature in ["", "v1", "v1,", "v1,AAAA", "v2,\(signed.signature.dropFirst(3))", String(signed.signature.dropFirst(3))] {
            #expect(verdict(signature: signature) == .refused(.malformed), "\(signature)")
        }
    }

    @Test(arguments: [(-301, false), (-300, true), (0, true), (300, true), (301, false)])
    func `a timestamp more than 300 seconds away is a replay`(seconds: Int, isFresh: Bool) throws {
        let ring = try Self.ring()
        let signed = try #require(ring.sign(body, id: "evt_1", at: clock.now))
        let later = Moment(wall: clock.now.wall + .seconds(seconds), continuous: clock.now.continuous)
        let verdict = ring.verify(body, id: "evt_1", timestamp: String(signed.timestamp), signature: signed.signature, at: later)
        #expect(verdict == (isFresh ? .valid(ring.active.kid) : .refused(.stale)))
        for far in [Int64.min, .max] {
            #expect(ring.verify(body, id: "evt_1", timestamp: String(far), signature: signed.signature, at: later) == .refused(.stale))
        }
    }

    @Test func `KEY-03: a staged key verifies and does not sign; in the window both sign and both verify; then the old one is refused`()
        throws
    {
        let (old, new) = (try Self.ring(), try EventSecret.generate())
        let before = try #require(old.sign(body, id: "e", at: clock.now))
        let staged = try old.staging(new.kid, material: new, at: clock.now, for: .zero)
        let stillOld = try #require(staged.sign(body, id: "e", at: clock.now))
        #expect(stillOld == before)
        let promoted = try staged.promoted(at: clock.now, overlap: .seconds(60)) { $0 }
        let both = try #require(promoted.sign(body, id: "e", at: clock.now))
        #expect(both.signature.split(separator: " ").count == 2)
        // A receiver with either key accepts it.
        for ring in [old, staged, promoted, try Self.only(new)] {
            #expect(ring.verify(body, id: "e", timestamp: String(both.timestamp), signature: both.signature, at: clock.now).isValid)
        }
        #expect(promoted.verifyLegacy(body, signature: old.signLegacy(body), at: clock.now) == .valid(old.active.kid))
        clock.advance(by: .milliseconds(60_000))
        #expect(promoted.verifyLegacy(body, signature: old.signLegacy(body), at: clock.now) == .valid(old.active.kid))
        clock.advance(by: .milliseconds(1))
        #expect(promoted.verifyLegacy(body, signature: old.signLegacy(body), at: clock.now) == .refused(.signature))
        #expect(try #require(promoted.sign(body, id: "e", at: clock.now)).signature.split(separator: " ").count == 1)
    }

    @Test func `KEY-09: the key before comes back while it verifies, and never afterwards`() throws {
        let (old, new) = (try Self.ring(), try EventSecret.generate())
        let promoted = try old.staging(new.kid, material: new, at: clock.now, for: .zero).promoted(at: clock.now, overlap: .seconds(60)) {
            $0
        }
        clock.advance(by: .seconds(30))
        let back = try promoted.reinstated(at: clock.now, overlap: .seconds(60))
        #expect(back.active.kid == old.active.kid && back.retirees.map(\.kid) == [new.kid])
        clock.advance(by: .seconds(31))
        #expect(throws: RotationRefusal.notStaged) { try promoted.reinstated(at: clock.now, overlap: .seconds(60)) }
        #expect(throws: RotationRefusal.notStaged) { try old.reinstated(at: clock.now, overlap: .seconds(60)) }
    }

    @Test func `the seed's form is 64 lower-case hex characters, and an empty key makes none that is accepted`() throws {
        let ring = try Self.ring()
        let good = ring.signLegacy(body)
        #expect(ring.verifyLegacy(body, signature: good, at: clock.now).isValid)
        for wrong in [good.uppercased(), String(good.dropLast()), good + "0", "", "zz"] {
            #expect(ring.verifyLegacy(body, signature: wrong, at: clock.now) == .refused(.malformed))
        }
        let emptyKey = Hexadecimal.encode(try HMACSHA256(key: SecretBytes(count: 1) { _ in }).authenticate(body).bytes)
        #expect(ring.verifyLegacy(body, signature: emptyKey, at: clock.now) == .refused(.signature))
    }

    @Test(arguments: [
        ("", EventSecretFault.empty), (String(repeating: "a", count: 31), .short(bytes: 31)),
        (String(repeating: "a", count: 1_025), .long(bytes: 1_025)), (String(repeating: "a", count: 32) + " ", .unfit),
        (String(repeating: "\"", count: 32), .unfit), (String(repeating: "ü", count: 32), .unfit),
    ])
    func `an empty, short, long or unfit key is refused`(text: String, fault: EventSecretFault) {
        #expect(throws: fault) { try Self.secret(text) }
    }

    @Test func `SEC-08: a key says nothing of itself`() throws {
        let secret = try EventSecret.generate()
        let text = secret.text.withBytes { bytes in
            String(decoding: (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }, as: UTF8.self)
        }
        #expect(text.utf8.count == 64)
        var dumped = ""
        dump(secret, to: &dumped)
        for said in ["\(secret)", String(reflecting: secret), dumped] { #expect(!said.contains(text)) }
    }

    private static func only(_ secret: EventSecret) throws -> EventRing {
        EventRing(epoch: 0, active: Key(active: secret.kid, material: secret, createdAt: nil))
    }
}
