import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite struct UserTokenTests {
    static let members: [(name: String, value: String)] = [
        ("iss", #""http://127.0.0.1:3100""#), ("aud", #""waiaas""#), ("sub", #""ada""#),
        ("jti", #""01935d3e-8a10-7c3b-a05f-6e7d8c9ba012""#), ("iat", "1800000000"), ("exp", "1800000900"),
        ("sid", #""01935d3e-8a10-7c3b-a05f-6e7d8c9ba013""#), ("client_id", #""dashboard""#),
    ]

    private static func payload(_ changed: [String: String?] = [:], more: String = "") -> [UInt8] {
        let parts = members.compactMap { member -> String? in
            let value = changed[member.name] ?? member.value
            return value.map { "\"\(member.name)\":\($0)" }
        }
        return Array("{\(parts.joined(separator: ","))\(more)}".utf8)
    }

    @Test func `a token is read as it was written`() throws {
        let token = try #require(UserToken(Self.payload()))
        #expect(token.issuer == "http://127.0.0.1:3100" && token.audience == "waiaas" && token.subject == "ada")
        #expect(token.client?.text == "dashboard" && token.family != nil && !token.isOfClient)
        #expect(token.lifeInSeconds == 900)
        #expect(UserToken(token.payload) == token)
    }

    @Test(arguments: ["sid", "client_id"]) func `a login without a client, and a client without a login, are tokens`(name: String) throws {
        let token = try #require(UserToken(Self.payload([name: nil])))
        #expect(UserToken(token.payload) == token)
        #expect(token.isOfClient == (name == "sid"))
    }

    @Test(arguments: ["iss", "aud", "sub", "jti", "iat", "exp"]) func `JWT-09: a claim that is missing makes no token`(name: String) {
        #expect(UserToken(Self.payload([name: nil])) == nil)
    }

    @Test(
        arguments: [
            ("iss", "1"), ("iss", "null"), ("aud", #"["waiaas"]"#), ("aud", "null"), ("aud", "{}"), ("sub", #""""#), ("sub", "7"),
            ("sub", "null"), ("jti", #""x""#), ("jti", #""""#), ("jti", "1"), ("jti", #""01935D3E-8A10-7C3B-A05F-6E7D8C9BA012""#),
            ("iat", #""1800000000""#), ("iat", "1800000000.5"), ("iat", "1e9"), ("iat", "null"), ("iat", "9007199254740993"),
            ("exp", #""1800000000""#), ("exp", "1.5"), ("exp", "[]"), ("exp", "true"), ("exp", "99999999999999999999"),
            ("sid", #""x""#), ("sid", "null"), ("sid", "1"), ("client_id", #""""#), ("client_id", #""a b""#), ("client_id", "null"),
            ("client_id", #""...""#),
        ])
    func `JWT-09: a claim of another shape makes no token`(name: String, value: String) {
        #expect(UserToken(Self.payload([name: value])) == nil)
    }

    @Test(arguments: ["", "[]", "null", "7", "\"a\"", "{", "{}", "{}{}", "\u{0}"]) func `what is no object is no token`(text: String) {
        #expect(UserToken(Array(text.utf8)) == nil)
    }

    @Test func `JWT-07: a claim that stands twice makes no token; one that is not known is left aside`() {
        for member in Self.members {
            #expect(UserToken(Self.payload(more: ",\"\(member.name)\":\(member.value)")) == nil, "\(member.name)")
        }
        #expect(UserToken(Self.payload(more: #","admin":true"#)) == UserToken(Self.payload()))
        #expect(UserToken(Self.payload(more: #","\u0073ub":"eve""#)) == nil)
    }

    @Test(arguments: [Int64.min, -1, 0, Int64.max / 2] as [Int64]) func `a hostile time traps nothing`(seconds: Int64) {
        guard let token = UserToken(Self.payload(["iat": "\(seconds)", "exp": "\(-(seconds + 1))"])) else { return }
        #expect(token.lifeInSeconds >= 0)
    }

    @Test func `the id tells the millisecond, whatever the whole second of iat`() throws {
        let chance = SeededRandomness(seed: 3).randomness
        let time = WallTime(milliseconds: 1_800_000_000_987)
        let token = UserToken(
            issuer: "i", audience: "a", subject: "s", client: nil, id: Identifier(at: time, randomness: chance), family: nil,
            issuedAt: time.wholeSecond, expiresAt: time.wholeSecond + .seconds(60))
        #expect(token.issuedAtExactly == time)
        #expect(try #require(UserToken(token.payload)).issuedAtExactly == time)
    }

    @Test func `the bearer is named for the log: a user, or the client in its own name`() throws {
        #expect(try #require(UserToken(Self.payload())).actor == .user(try #require(UserID("ada"))))
        let own = try #require(UserToken(Self.payload(["sid": nil, "sub": #""dashboard""#])))
        #expect(own.actor == .client(try #require(OAuthClient.ID("dashboard"))))
    }
}
