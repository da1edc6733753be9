import Testing
import WaiaasCore

@Suite("Hexadecimal")
struct HexadecimalTests {
    @Test func `every byte has two digits, and they give it back in either case`() {
        let all = Array(UInt8.min...UInt8.max)
        let text = Hexadecimal.encode(all)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.count == 512)
        #expect(Hexadecimal.decode(text) == all)
        #expect(Hexadecimal.decode(text.uppercased()) == all)
        #expect(Hexadecimal.encodeUTF8(all) == Array(text.utf8))
    }

    @Test(arguments: ["0", "abc", "0g", "g0", "0x00", " 00", "00 ", "0\u{0}", "é0", "//", "::", "@@", "GG", "``"])
    func `an odd number of digits, or anything that is none, is refused`(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }

    @Test func `no digits are no bytes`() {
        #expect(Hexadecimal.decode("") == [])
        #expect(Hexadecimal.encode([]) == "")
    }
}
