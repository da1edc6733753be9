import Testing
import WaiaasCore

private func violation(_ bytes: [UInt8]) -> PasswordRule.Violation? { PasswordRule.violation(of: bytes.span.bytes) }

@Suite struct PasswordRuleTests {
    @Test(
        arguments: [
            ("abcdefghijkl", nil), ("abcdefghijk", .tooShort), ("", .tooShort), ("Übergröße-ü", nil), ("ab cd ef gh ij", nil),
            (" bcdefghijklm", .outerSpace), ("abcdefghijklm ", .outerSpace), ("abcdefghijkl\u{a0}", .outerSpace),
            ("abcdef\tghijkl", .controlCharacter),
            ("abcdef\u{0}ghijkl", .controlCharacter), ("abcdefghijkl\n", .controlCharacter), ("abcdefghijk\u{7f}", .controlCharacter),
            ("abcdefghijk\u{85}", .controlCharacter), ("🔐🔐🔐", nil),
        ] as [(String, PasswordRule.Violation?)])
    func `a password keeps the rules or names the one it breaks`(text: String, expected: PasswordRule.Violation?) {
        #expect(violation(Array(text.utf8)) == expected)
    }

    @Test func `the length counts bytes, to the byte`() {
        #expect(violation(Array(repeating: 0x61, count: 1_024)) == nil)
        #expect(violation(Array(repeating: 0x61, count: 1_025)) == .tooLong)
    }

    @Test(
        arguments: [
            [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80],
            [0xf5, 0x80, 0x80, 0x80], [0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x94], [0xc3, 0x28],
        ] as [[UInt8]])
    func `what is not UTF-8 is refused`(tail: [UInt8]) {
        #expect(violation(Array("abcdefghijkl".utf8) + tail) == .notUTF8)
        #expect(violation(tail + Array("abcdefghijkl".utf8)) == .notUTF8)
    }

    @Test func `the rule agrees with the standard library on what is UTF-8`() {
        for scalar in [0x7e, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x1_0000, 0x10_ffff].compactMap(Unicode.Scalar.init(_:)) {
            #expect(violation(Array("abcdefghijkl\(scalar)z".utf8)) == nil, "\(scalar.value)")
        }
    }

    @Test(arguments: [("pw", 2), ("pw\n", 2), ("pw\r\n", 2), ("pw\n\n", 3), ("pw\r", 3), ("", 0), ("\n", 0), ("\r\n", 0)])
    func `one newline at the end of a file is dropped`(text: String, length: Int) {
        #expect(PasswordRule.length(ofLineIn: Array(text.utf8).span.bytes) == length)
    }

    @Test(
        arguments: [
            ("12345678", nil), ("1234567", .tooFewCharacters), ("", .tooFewCharacters), ("ü234567", .tooFewCharacters), ("🔐🔐🔐🔐🔐🔐🔐🔐", nil),
            (" outer spaces ", nil), ("a\tcharacter", .controlCharacter), ("a\u{85}character", .controlCharacter),
            (String(repeating: "🔐", count: 1_024), nil), (String(repeating: "x", count: 1_025), .tooManyCharacters),
            (String(repeating: "🔐", count: 1_025), .tooManyCharacters),
        ] as [(String, PasswordRule.Violation?)])
    func `the password of a user is counted in characters`(text: String, expected: PasswordRule.Violation?) {
        #expect(PasswordRule.violation(ofUserPassword: Array(text.utf8).span.bytes) == expected)
    }

    @Test func `the password of a user is UTF-8`() {
        #expect(PasswordRule.violation(ofUserPassword: (Array("12345678".utf8) + [0xff]).span.bytes) == .notUTF8)
    }
}
