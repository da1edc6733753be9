import Testing
import WaiaasCore

@Suite("Digest256")
struct Digest256Tests {
    private let bytes = Array(UInt8(0)..<32)

    @Test func `bytes, hex and words are three forms of one value`() throws {
        let digest = try #require(Digest256(bytes: bytes))
        #expect(digest.bytes == bytes)
        #expect(digest.description == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        #expect(Digest256(hex: digest.description) == digest)
        #expect(Digest256(hex: digest.description.uppercased()) == digest)
        #expect(digest.withBytes { $0.byteCount } == 32)
    }

    @Test(arguments: 0..<32)
    func `a difference in any byte is a difference`(index: Int) {
        var changed = bytes
        changed[index] ^= 1
        #expect(Digest256(bytes: changed) != Digest256(bytes: bytes))
    }

    @Test(arguments: ["", "00", String(repeating: "0", count: 63), String(repeating: "0", count: 66), String(repeating: "g", count: 64)])
    func `anything but 64 hex digits is refused`(text: String) {
        #expect(Digest256(hex: text) == nil)
    }

    @Test(arguments: [0, 31, 33])
    func `anything but 32 bytes is refused`(count: Int) {
        #expect(Digest256(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func `a fingerprint is 16 hex digits and a thumbprint 43 of base64url, and both are key ids`() throws {
        let digest = try #require(Digest256(bytes: bytes))
        #expect(KeyID(fingerprint: digest).text == "0001020304050607")
        #expect(KeyID(thumbprint: digest).text == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(KeyID(KeyID(thumbprint: digest).text) == KeyID(thumbprint: digest))
    }
}
