import Testing
import WaiaasCore
import WaiaasCrypto

@Suite("Tokens that are refused")
struct JWSRefusalTests {
    /// A token whose signature is right, so that only its form can be the reason to refuse it.
    private func token(header: [UInt8], payload: String = "{}") throws -> (token: [UInt8], secret: SigningSecret) {
        let secret = try SigningSecret.generate()
        var token = Array("\(Base64URL.encode(header)).\(Base64URL.encode(Array(payload.utf8)))".utf8)
        let signature = try secret.signature(for: token)
        token.append(contentsOf: ".\(Base64URL.encode(signature))".utf8)
        return (token, secret)
    }

    private func refusal(header: String) throws -> JWSError? {
        try refusal(of: token(header: Array(header.utf8)).token)
    }

    private func refusal(of token: [UInt8]) -> JWSError? {
        do throws(JWSError) {
            _ = try JWS(parsing: token)
            return nil
        } catch {
            return error
        }
    }

    @Test func `the helper of these tests makes tokens that verify`() throws {
        let (token, secret) = try token(header: Array(#"{"alg":"HS256","x-note":[1]}"#.utf8))
        #expect(try JWS(parsing: token).payload(verifiedBy: secret) == Array("{}".utf8))
    }

    @Test(arguments: ["none", "None", "NONE", "nOnE", "", "hs256", "HS256 ", "HS384", "HS512", "PS256", "RS1", "ES256K", "Ed25519", "dir"])
    func `JWT-02 an algorithm outside of the list is refused, none in any letter case`(algorithm: String) throws {
        #expect(try refusal(header: #"{"alg":"\#(algorithm)"}"#) == .unsupportedAlgorithm(algorithm))
    }

    @Test func `JWT-02 an unsigned token is refused`() {
        let unsigned = Array("\(Base64URL.encode(Array(#"{"alg":"none"}"#.utf8))).e30.".utf8)
        #expect(refusal(of: unsigned) == .unsupportedAlgorithm("none"))
    }

    @Test(arguments: [#"{}"#, #"{"alg":null}"#, #"{"alg":["HS256"]}"#, #"{"alg":1}"#, #"{"typ":"JWT"}"#])
    func `JWT-02 a header without a text for alg is refused`(header: String) throws {
        #expect(try refusal(header: header) == .invalidParameter("alg"))
    }

    @Test(arguments: ["jku", "x5u", "jwk", "x5c"])
    func `JWT-04 a header that brings a key along, or names where to fetch one, is refused`(name: String) throws {
        #expect(try refusal(header: #"{"alg":"HS256","\#(name)":"https://example.org/"}"#) == .forbiddenParameter(name))
    }

    @Test(arguments: [
        "../../etc/passwd", "a/b", "' OR 1=1 --", "a\\nb", "a b", "\\u0000", "é", "", "a\\\"b", "%2e", "$(id)", "<x>",
        String(repeating: "k", count: 65), String(repeating: "k", count: 2_000),
    ])
    func `JWT-05 a kid that is no plain short name is refused`(kid: String) throws {
        let error = try refusal(header: #"{"alg":"HS256","kid":"\#(kid)"}"#)
        switch error {
        case .invalidParameter("kid"), .invalidHeader(.nul): break
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test(arguments: ["1", "null", "[]", "{}", "true"])
    func `JWT-05 a kid or typ that is no text is refused`(value: String) throws {
        #expect(try refusal(header: #"{"alg":"HS256","kid":\#(value)}"#) == .invalidParameter("kid"))
        #expect(try refusal(header: #"{"alg":"HS256","typ":\#(value)}"#) == .invalidParameter("typ"))
    }

    @Test func `JWT-05 a kid of 64 KiB is refused for its length`() throws {
        let header = #"{"alg":"HS256","kid":"\#(String(repeating: "k", count: 65_536))"}"#
        guard case .tooLong(_, limit: JWS.longest) = try refusal(header: header) else {
            Issue.record("accepted")
            return
        }
    }

    @Test(arguments: [
        (#"{"alg":"HS256","crit":["exp"],"exp":1}"#, "crit"), (#"{"alg":"HS256","crit":[]}"#, "crit"),
        (#"{"alg":"HS256","b64":false}"#, "b64"), (#"{"alg":"HS256","b64":true}"#, "b64"),
        (#"{"alg":"HS256","crit":["b64"],"b64":false}"#, "crit"),
    ])
    func `JWT-06 critical extensions and unencoded payloads are refused`(header: String, name: String) throws {
        #expect(try refusal(header: header) == .forbiddenParameter(name))
    }

    @Test(arguments: ["zip", "enc", "epk", "p2c"])
    func `JWT-18 compression and encryption are refused`(name: String) throws {
        #expect(try refusal(header: #"{"alg":"HS256","\#(name)":"DEF"}"#) == .forbiddenParameter(name))
    }

    private static let brokenHeaders: [([UInt8], JSONError)] = [
        (bytes(#"{"alg":"HS256","alg":"none"}"#), .duplicateKey("alg", offset: 15)),
        (bytes(#"{"alg":"HS256","\u0061lg":"none"}"#), .duplicateKey("alg", offset: 15)),
        ([0xef, 0xbb, 0xbf] + bytes(#"{"alg":"HS256"}"#), .byteOrderMark),
        (bytes(#"{"alg":"HS256"}x"#), .trailingData(offset: 15)),
        (bytes(#"{"alg":"HS256","a":""#) + [0xff, 0x22, 0x7d], .invalidUTF8(offset: 20)),
        (bytes(#"{"alg":"HS256""#), .unexpectedEnd(offset: 14)),
        ([], .unexpectedEnd(offset: 0)),
    ]

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: brokenHeaders)
    func `JWT-07 a header that is not strict JSON is refused`(header: [UInt8], error: JSONError) throws {
        let token = try token(header: header).token
        #expect(refusal(of: token) == .invalidHeader(error))
    }

    @Test(arguments: ["[]", #""HS256""#, "1", "null"])
    func `JWT-07 a header that is no object is refused`(header: String) throws {
        #expect(try refusal(header: header) == .invalidParameter("header"))
    }

    @Test func `JWT-07 padding, foreign characters and stray bits are refused in every part`() throws {
        let parts = try String(decoding: token(header: Array(#"{"alg":"HS256","a":1}"#.utf8), payload: "{} ").token, as: UTF8.self)
            .split(separator: ".").map(String.init)
        let kinds: [JWSError.Part] = [.header, .payload, .signature]
        for (index, kind) in kinds.enumerated() {
            for end in ["=", "==", " ", "\n", "+", "/", "\u{0}", "é", "A", "AAAAA"]
            where (parts[index] + end).utf8.count % 4 != 0 || end != "A" {
                guard !(end.allSatisfy { $0 == "A" } && (parts[index] + end).utf8.count % 4 != 1) else { continue }
                var changed = parts
                changed[index] += end
                #expect(refusal(of: Array(changed.joined(separator: ".").utf8)) == .invalidBase64(kind), "\(kind) \(end.debugDescription)")
            }
        }
    }

    @Test(arguments: [("", 1), ("e30", 1), ("e30.e30", 2), ("e30.e30.e30.e30", 4), ("....", 4), ("e30.e30.AA.", 4)])
    func `JWT-07 a token has exactly three parts`(text: String, count: Int) {
        #expect(refusal(of: Array(text.utf8)) == .wrongPartCount(count))
    }

    @Test func `JWT-08 a token of 1 MiB, and a header nested ten thousand deep, cost nothing`() throws {
        #expect(refusal(of: [UInt8](repeating: UInt8(ascii: "."), count: 1 << 20)) == .tooLong(bytes: 1 << 20, limit: 4_096))
        let deep = #"{"alg":"HS256","a":"# + String(repeating: "[", count: 2_000)
        guard case .invalidHeader(.tooDeep) = try refusal(header: deep) else {
            Issue.record("accepted")
            return
        }
    }

    @Test func `JWT-08 a header with too many members is refused`() throws {
        let members = (0..<80).map { #""m\#($0)":0"# }.joined(separator: ",")
        guard case .invalidHeader(.tooManyMembers) = try refusal(header: "{\(members)}") else {
            Issue.record("accepted")
            return
        }
    }
}
