import Testing
import WaiaasCore

@Suite("Base64url")
struct Base64URLTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func `the vectors of RFC 4648, without padding`(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    @Test func `the two characters that differ from base64 are those of the URL alphabet`() {
        #expect(Base64URL.encode([0xfb, 0xff, 0xbf]) == "-_-_")
        #expect(Base64URL.decode("-_-_") == [0xfb, 0xff, 0xbf])
    }

    @Test(arguments: ["Zg==", "Zg=", "Z", "Zm9vY", "Zm9+", "Zm9/", "Zm 9v", "Zm9v\n", "Zm9v.", "Zh", "Zm9", "é", "Zm9\u{0}", "Zg.."])
    func `JWT-07 padding, foreign characters, impossible lengths and stray bits are refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `every text is the only one for its bytes`() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second]
                #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            }
        }
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        #expect(letters.filter { Base64URL.decode("A\($0)") != nil } == "AQgw")
        #expect(letters.filter { Base64URL.decode("AA\($0)") != nil }.count == 16)
    }
}
