import Testing
import WaiaasCrypto

@Suite("No secret shows")
struct SecretDisclosureTests {
    /// A text that would be seen in any form a careless print gives it.
    private static let canary = Array("CANARY-canary-CANARY-canary-1234".utf8)

    private static func secrets() throws -> [(String, Any)] {
        let bytes = try SecretBytes.known(canary)
        return [
            ("SecretBytes", bytes), ("HMACSHA256", try HMACSHA256(key: bytes)), ("SigningSecret", try SigningSecret(bytes)),
            ("SealingKey", try SealingKey(bytes)), ("Ed25519PrivateKey", try Ed25519PrivateKey(seed: bytes)),
        ]
    }

    private static func everyForm(of value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        dump([value], to: &dumped)
        return "\(value)" + String(describing: value) + String(reflecting: value) + String(reflecting: [value]) + dumped
    }

    @Test func `SEC-08 neither printing, nor dumping, nor interpolating a secret type shows a byte of it`() throws {
        let decimal = Self.canary.prefix(3).map { "- \($0)\n" }
        let listed = Self.canary.prefix(3).map(String.init).joined(separator: ", ")
        let hex = Self.canary.prefix(4).map { String($0, radix: 16) }.joined()
        for (name, secret) in try Self.secrets() {
            let text = Self.everyForm(of: secret)
            #expect(!text.contains("CANARY"), "\(name)")
            #expect(!text.contains(listed), "\(name)")
            #expect(!text.lowercased().contains(hex), "\(name)")
            #expect(!decimal.allSatisfy(text.contains), "\(name)")
        }
    }

    @Test func `SEC-08 what is searched for would be found in bytes that are no secret`() {
        let text = Self.everyForm(of: Self.canary)
        #expect(text.contains(Self.canary.prefix(3).map(String.init).joined(separator: ", ")))
    }

    @Test func `SEC-08 no secret type can be encoded`() throws {
        for (name, secret) in try Self.secrets() { #expect(!(secret is any Encodable), "\(name)") }
    }
}
