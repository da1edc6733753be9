import Testing
import WaiaasCore

@Suite struct Base64Tests {
    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{fb}\u{ff}", "w7vDvw==")])
    func `it writes and reads RFC 4648 section 10, behind what is there already`(plain: String, encoded: String) {
        let bytes = Array(plain.utf8)
        #expect(Base64.encode(bytes) == encoded)
        var text = Array("x".utf8)
        Base64.append(bytes.span, to: &text)
        #expect(String(decoding: text, as: UTF8.self) == "x" + encoded)
        #expect(Base64.decode(encoded) == bytes && Base64.decode(Array(encoded.utf8)[...]) == bytes)
    }

    @Test func `it has the letters of section 4`() {
        var text: [UInt8] = []
        Base64.append([0xfb, 0xef, 0xff].span, to: &text)
        #expect(String(decoding: text, as: UTF8.self) == "++//")
    }
}
