import Testing
import WaiaasAPI
import WaiaasCore

@Suite("Form")
struct FormTests {
    private static func read(_ text: String) throws(Problem) -> OAuthTokenRequest {
        try OAuthTokenRequest(decoding: Array(text.utf8), as: .request)
    }

    @Test(
        arguments: [
            ("", ""), ("a", "a"), ("a+b", "a b"), ("a%20b", "a b"), ("a%2Bb", "a+b"), ("%2b", "+"), ("%C3%A9", "é"), ("%c3%a9", "é"),
            ("~-._", "~-._"),
            ("%25", "%"), ("%2525", "%25"),
        ])
    func `a plus sign is a space, an escape is its byte, once`(text: String, decoded: String) {
        #expect(FormText.decoded(text) == decoded)
    }

    @Test(arguments: ["%", "%2", "%zz", "%2z", "a%", "%C3", "%ff", "%C0%AF", "%ED%A0%80"]) func `a broken escape is none`(text: String) {
        #expect(FormText.decoded(text) == nil)
    }

    @Test func `pairs come in order, decoded, and no more than 32 of them`() throws {
        let pairs = try FormText.pairs(of: "b=1&a=x+y&a=%26&c=d=e&f=")
        #expect(pairs.map(\.name) == ["b", "a", "a", "c", "f"])
        #expect(pairs.map(\.value) == ["1", "x y", "&", "d=e", ""])
        #expect(try FormText.pairs(of: (0..<32).map { "a\($0)=" }.joined(separator: "&")).count == 32)
        #expect(throws: Problem.self) { try FormText.pairs(of: (0..<33).map { "a\($0)=" }.joined(separator: "&")) }
        #expect(throws: Problem.self) { try FormText.pairs(of: "a=%zz") }
    }

    @Test(
        arguments: [
            "grant_type=refresh_token&refresh_token=a%2Bb+c", "refresh_token=a%2bb%20c&grant_type=refresh%5Ftoken",
            "grant_type=refresh_token&refresh_token=a%2Bb+c&unknown=1&unknown2=", "grant_type=refresh_token&refresh_token=a%2Bb+c&scope=",
            "&&grant_type=refresh_token&&refresh_token=a%2Bb+c&",
        ])
    func `a form is read whatever its order; what is unknown or empty is left aside`(text: String) throws {
        let request = try Self.read(text)
        #expect(request.grantType == "refresh_token" && request.refreshToken == "a+b c")
        #expect(request.scope == nil && request.clientId == nil)
    }

    @Test(
        arguments: [
            "", "grant_type", "grant_type=", "refresh_token=a", "grant_type=a&grant_type=a", "grant_type=a&grant_type=b",
            "grant_type=a&x=1&x=2", "grant_type=a&refresh_token=%zz", "grant_type=%ff", "{\"grant_type\":\"a\"}",
            "grant_type=" + String(repeating: "a", count: 65), "grant_type=a&client_secret=" + String(repeating: "a", count: 129),
            "grant_type=a&" + String(repeating: "x&", count: 40),
        ])
    func `a form with a parameter given twice, missing, broken or too long is refused`(text: String) {
        #expect(throws: Problem.self) { try Self.read(text) }
    }

    @Test func `bytes that are no UTF-8, and more than the limit, are refused`() {
        #expect(throws: Problem.self) { try OAuthTokenRequest(decoding: [0x61, 0x3d, 0xff], as: .request) }
        #expect(throws: Problem.self) {
            try OAuthTokenRequest(decoding: Array("grant_type=a&x=".utf8) + [UInt8](repeating: 0x61, count: 2 << 20), as: .request)
        }
    }

    @Test(arguments: [
        OAuthTokenRequest(grantType: "refresh_token", refreshToken: "wai_rt_a-b_c"),
        OAuthTokenRequest(grantType: "a b&c=d%+é", scope: "1", clientId: "true", clientSecret: "null"),
    ])
    func `what is written is read back`(request: OAuthTokenRequest) throws {
        let read = try OAuthTokenRequest(decoding: request.encoded(), as: .request)
        #expect(read == request)
    }

    @Test func `a refusal has a code of RFC 6749 and a description of the characters that it allows`() throws {
        let refusal = OAuthRefusal(Problem(.invalidGrant, message: "It said \"no\" \\ n\u{f6}."))
        let node = try JSONDocument(scanning: refusal.encoded()).root
        #expect(node.members.map { $0.map(\.name) } == ["error", "error_description"])
        #expect(node.member("error")?.string == "invalid_grant")
        #expect(node.member("error_description")?.string == "It said ?no? ? n??.")
        let codes: [(ProblemCode, String)] = [
            (.invalidClient, "invalid_client"), (.unsupportedGrantType, "unsupported_grant_type"), (.validationError, "invalid_request"),
        ]
        for (code, error) in codes { #expect(OAuthRefusal(Problem(code)).error == error) }
    }
}
