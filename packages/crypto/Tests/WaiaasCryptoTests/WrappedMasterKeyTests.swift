import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("The wrapped master key")
struct WrappedMasterKeyTests {
    private func password(_ text: String = "correct horse battery") throws -> SecretBytes { try .known(Array(text.utf8)) }

    private func created() throws -> (masterKey: SecretBytes, wrapped: WrappedMasterKey) {
        try WrappedMasterKey.create(password: password(), parameters: .cheapest)
    }

    @Test func `the password opens it, after it has been text as well`() throws {
        let (masterKey, wrapped) = try created()
        #expect(masterKey.count == 32)
        let read = try WrappedMasterKey(parsing: wrapped.text + "\n")
        #expect(read == wrapped)
        #expect(try read.unwrap(password: password()) == masterKey)
    }

    @Test(arguments: ["", "correct horse batterx", "correct horse battery ", "Correct horse battery"])
    func `SEC-03 a wrong password is told as one`(wrong: String) throws {
        let wrapped = try created().wrapped
        #expect(throws: WrappedMasterKeyError.wrongPassword) { try wrapped.unwrap(password: password(wrong)) }
    }

    @Test func `a changed password wraps the same key, and the one before no longer opens it`() throws {
        let (masterKey, before) = try created()
        let after = try WrappedMasterKey(wrapping: masterKey, password: password("another password"), parameters: .cheapest)
        #expect(try after.unwrap(password: password("another password")) == masterKey)
        #expect(throws: WrappedMasterKeyError.wrongPassword) { try after.unwrap(password: password()) }
        #expect(before.text != after.text)
    }

    @Test func `any damage to the text is told as damage, and never as a wrong password`() throws {
        let text = Array(try created().wrapped.text.utf8)
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: WrappedMasterKeyError.self) { try WrappedMasterKey(parsing: String(decoding: changed, as: UTF8.self)) }
            #expect(throws: WrappedMasterKeyError.self) { try WrappedMasterKey(parsing: String(decoding: text[..<index], as: UTF8.self)) }
        }
    }

    /// A line with its own, right check, as somebody would write who wants the daemon to take it.
    private static func forged(_ body: String) -> String {
        body + Base64URL.encode(Array(SHA256.digest(Array(body.utf8)).bytes.prefix(8)))
    }

    private static let salt = "AAAAAAAAAAAAAAAAAAAAAA"
    private static let sealed = String(repeating: "A", count: 82)

    @Test(arguments: [
        (1_048_577, 3), (4_294_967_295, 3), (8_191, 3), (0, 1), (-65_536, 3), (65_536, 0), (65_536, 17), (65_536, 1_000_000),
    ])
    func `JWT-08 a text that asks for too much memory or time is refused before any is spent`(memory: Int, passes: Int) {
        let text = Self.forged("$waiaas-master-key$v=1$argon2id$m=\(memory),t=\(passes)$\(Self.salt)$\(Self.sealed)$")
        #expect(throws: WrappedMasterKeyError.parametersRefused(memoryKiB: memory, passes: passes)) {
            try WrappedMasterKey(parsing: text)
        }
    }

    @Test(arguments: [
        ("$waiaas-master-key$v=2$x$", WrappedMasterKeyError.unknownVersion("v=2")), ("hello", .malformed("not a wrapped master key")),
        ("", .malformed("not a wrapped master key")), ("$waiaas-master-key$v=1$", .malformed("a part is missing")),
        (String(repeating: "$", count: 600), .malformed("too long")),
        (forged("$waiaas-master-key$v=1$scrypt$m=65536,t=3$\(salt)$\(sealed)$"), .malformed("password hash")),
        (forged("$waiaas-master-key$v=1$argon2id$m=065536,t=3$\(salt)$\(sealed)$"), .malformed("parameters")),
        (forged("$waiaas-master-key$v=1$argon2id$m=99999999999999999999,t=3$\(salt)$\(sealed)$"), .malformed("parameters")),
        (forged("$waiaas-master-key$v=1$argon2id$t=3,m=65536$\(salt)$\(sealed)$"), .malformed("parameters")),
        (forged("$waiaas-master-key$v=1$argon2id$m=65536,t=3$AAAA$\(sealed)$"), .malformed("salt")),
        (forged("$waiaas-master-key$v=1$argon2id$m=65536,t=3$\(salt)$AAAA$"), .malformed("sealed key")),
        ("$waiaas-master-key$v=1$argon2id$m=65536,t=3$\(salt)$\(sealed)$AAAAAAAAAAA", .damaged),
    ])
    func `a text that is no wrapped master key says which part is wrong`(text: String, error: WrappedMasterKeyError) {
        #expect(throws: error) { try WrappedMasterKey(parsing: text) }
    }

    @Test func `SEC-02 the text holds neither the key nor the password`() throws {
        let (masterKey, wrapped) = try created()
        let hex = masterKey.revealed.map { String($0, radix: 16) }.joined()
        #expect(!wrapped.text.contains(hex))
        #expect(!wrapped.text.contains("correct"))
    }
}
