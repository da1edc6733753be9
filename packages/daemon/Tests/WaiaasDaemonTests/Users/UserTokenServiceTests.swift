import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct UserTokenServiceTests {
    let house: House
    let user: User

    init() async throws {
        house = try await House()
        user = try await house.user()
    }

    private var pair: UserKeyPair { get throws { try #require(house.keys.ring.active.material.pair) } }

    /// Good claims with some changed, as JSON.
    private func claims(_ changed: [String: String?] = [:], more: String = "") -> [UInt8] {
        let now = house.clock.now.wall
        let id = Identifier<UserToken>(at: now, randomness: house.ground.chance.randomness)
        let members: [(String, String)] = [
            ("iss", "\"\(house.tokens.issuer.text)\""), ("aud", "\"waiaas\""), ("sub", "\"ada\""), ("jti", "\"\(id)\""),
            ("iat", "\(now.seconds)"), ("exp", "\(now.seconds + 900)"),
        ]
        let parts = members.compactMap { member -> String? in
            let value = changed[member.0] ?? member.1
            return value.map { "\"\(member.0)\":\($0)" }
        }
        return Array("{\(parts.joined(separator: ","))\(more)}".utf8)
    }

    /// A token with any header, truly signed by the key that signs.
    private func signed(header: String, payload: [UInt8]) throws -> [UInt8] {
        let input = Array("\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(payload))".utf8)
        guard case .edDSA(let key) = try pair else { throw CryptoError.invalidKey }
        return input + Array(".\(Base64URL.encode(try key.sign(input)))".utf8)
    }

    private func header(_ algorithm: String = "EdDSA", type: String = "JWT", more: String = "") -> String {
        #"{"alg":"\#(algorithm)","typ":"\#(type)","kid":"\#(house.keys.ring.active.kid)"\#(more)}"#
    }

    private func expectRefused(_ token: [UInt8], as code: ProblemCode = .invalidToken, _ comment: Comment? = nil) async throws {
        #expect(try await problem { try house.accept(token) } == code, comment)
    }

    @Test func `the forger of these tests makes good tokens when nothing is wrong`() throws {
        #expect(try house.accept(try signed(header: header(), payload: claims())).subject == "ada")
        #expect(try house.accept(try pair.sign(claims())).subject == "ada")
    }

    @Test(
        arguments: [
            ("iss", #""http://127.0.0.1:3101""#), ("iss", #""""#), ("iss", #""HTTP://127.0.0.1:3100""#), ("aud", #""other""#),
            ("aud", #""waiaas ""#), ("aud", #""WAIAAS""#), ("aud", #"["waiaas"]"#), ("iat", "1800000006"), ("iat", "9007199254740991"),
        ])
    func `JWT-10, JWT-11: claims for somebody else, by somebody else or from the future are refused`(name: String, value: String)
        async throws
    {
        try await expectRefused(try pair.sign(claims([name: value])))
    }

    @Test func `JWT-09: a token is good until its end and five seconds more, and may come five seconds early`() async throws {
        let early = try pair.sign(claims(["iat": "\(house.clock.now.wall.seconds + 5)"]))
        _ = try house.accept(early)
        let token = try pair.sign(claims())
        house.clock.advance(by: .milliseconds(904_999))
        _ = try house.accept(token)
        house.clock.advance(by: .milliseconds(1))
        try await expectRefused(token, as: .tokenExpired)
    }

    @Test(arguments: ["jwt", "at+jwt", "", "JWT ", "JOSE"]) func `JWT-12: another kind of token is refused`(type: String) async throws {
        try await expectRefused(try signed(header: header(type: type), payload: claims()))
    }

    @Test(arguments: ["none", "None", "NONE", "nOnE", "noNE", "", "HS256", "hs256", "RS256", "ES256", "EdDsa", "Ed25519", "PS256", "ES384"])
    func `JWT-02: an algorithm that is not the key's is refused, with any signature and with none`(algorithm: String) async throws {
        let header = header(algorithm)
        try await expectRefused(try signed(header: header, payload: claims()))
        let input = "\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(claims()))"
        for end in [".", "", ".e30"] { try await expectRefused(Array((input + end).utf8)) }
    }

    @Test(
        arguments: [
            #","jku":"http://127.0.0.1:1/jwks.json""#, #","x5u":"http://127.0.0.1:1/cert""#, #","x5c":["MII"]"#,
            #","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#, #","crit":["exp"]"#,
            #","crit":[]"#, #","b64":false"#, #","b64":true"#, #","zip":"DEF""#, #","alg":"EdDSA""#, #","kid":"a""#, #","typ":"JWT""#,
            #","\u0061lg":"none""#,
        ])
    func `JWT-04, JWT-06: headers that carry keys, name places, change the rules or stand twice are refused`(more: String) async throws {
        try await expectRefused(try signed(header: header(more: more), payload: claims()))
    }

    @Test func `JWT-05: kids that are not ours, hostile or huge, are refused, and so is a token without one`() async throws {
        let mine = house.keys.ring.active.kid.text
        let kids = [
            "", "../../dev/null", "' OR 1=1 --", String(mine.dropLast()), mine + "A", mine.uppercased(), "a\u{0}",
            String(repeating: "a", count: 64),
            String(repeating: "k", count: 2_000), String(repeating: "k", count: 65_536),
        ]
        for kid in kids where kid != mine {
            let header = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"\(kid == "a\u{0}" ? "a\\u0000" : kid)\"}"
            try await expectRefused(try signed(header: header, payload: claims()))
        }
        for header in [
            #"{"alg":"EdDSA","typ":"JWT"}"#, #"{"alg":"EdDSA","typ":"JWT","kid":1}"#, #"{"alg":"EdDSA","typ":"JWT","kid":null}"#,
        ] {
            try await expectRefused(try signed(header: header, payload: claims()))
        }
    }

    @Test func `JWT-07, JWT-08: padding, other alphabets, white space, missing and further parts are refused`() async throws {
        let token = String(decoding: try pair.sign(claims()), as: UTF8.self)
        let parts = token.split(separator: ".").map(String.init)
        let odd = [
            "", ".", "..", "...", token + "=", token + "==", token + ".", "." + token, token + "\n", " " + token, token + "\u{0}",
            parts[0] + "=." + parts[1] + "." + parts[2], parts[0] + "." + parts[1] + "=." + parts[2], parts[0] + "." + parts[1],
            parts[0] + "." + parts[2] + "." + parts[1], token + "." + parts[2], String(token.dropLast()), token + "A",
            "wai_sess_" + token, "Bearer " + token, token.replacing("_", with: "/").replacing("-", with: "+") + "/",
            String(repeating: "A", count: 70_000),
        ]
        for text in odd where text != token { try await expectRefused(Array(text.utf8), "\(text.prefix(20))") }
    }

    @Test func `a signature over other bytes is refused, bit for bit`() async throws {
        let token = try pair.sign(claims())
        let start = try #require(token.lastIndex(of: UInt8(ascii: "."))) + 1
        for place in stride(from: start, to: token.count - 1, by: 9) {
            var forged = token
            forged[place] = forged[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            try await expectRefused(forged)
        }
        let other = try UserKeyPair.generate(.edDSA).sign(claims())
        try await expectRefused(Array(token[..<start]) + other[(try #require(other.lastIndex(of: UInt8(ascii: "."))) + 1)...])
    }

    @Test(arguments: UserKeyAlgorithm.allCases)
    func `JWT-03: the public half in any form is no HMAC secret`(algorithm: UserKeyAlgorithm) async throws {
        let house = try await House { $0.auth.algorithm = algorithm }
        let jwk = house.keys.ring.active.material.publicHalf
        let der = SubjectPublicKeyInfo.der(of: jwk)
        let base64 = Base64.encode(der)
        let lines = stride(from: 0, to: base64.utf8.count, by: 64).map { String(base64.dropFirst($0).prefix(64)) }
        let pem = "-----BEGIN PUBLIC KEY-----\n\(lines.joined(separator: "\n"))\n-----END PUBLIC KEY-----"
        let secrets = [
            Array(pem.utf8), Array((pem + "\n").utf8), der, jwk.json, house.keys.keySet.json, Array(jwk.kid.text.utf8), Array(base64.utf8),
        ]
        for secret in secrets {
            for name in ["HS256", algorithm.rawValue] {
                let header = #"{"alg":"\#(name)","typ":"JWT","kid":"\#(jwk.kid)"}"#
                let input = Array("\(Base64URL.encode(Array(header.utf8))).\(Base64URL.encode(claims()))".utf8)
                var key = secret
                let mac = try HMACSHA256(key: try SecretBytes(consuming: &key)).authenticate(input)
                let token = input + Array(".\(Base64URL.encode(Hexadecimal.decode(mac.description) ?? []))".utf8)
                #expect(try await problem { try house.accept(token) } == .invalidToken)
            }
        }
    }

    @Test func `JWT-12: a token of an agent session is none of a user, and the other way round`() async throws {
        let session = try await house.issue(to: try await house.agent()).token
        try await expectRefused(session)
        try await expectRefused(Array(session.dropFirst(SessionToken.prefix.count)))
        let access = try await house.login(of: user).access
        #expect(try await problem { try house.verify(access) } == .invalidToken)
        #expect(try await problem { try house.verify(Array(SessionToken.prefix) + access) } == .invalidToken)
    }

    @Test func `REF-19: verification never asks the store`() async throws {
        let login = try await house.login(of: user)
        house.store.forbid()
        defer { house.store.allow() }
        let token = try house.accept(login.access)
        #expect(token.family == login.family)
        #expect(token.subject == "ada")
    }

    @Test func `JWT-19: all refusals look alike, whatever the reason`() async throws {
        let unknown = #"{"alg":"EdDSA","typ":"JWT","kid":"unknown"}"#
        let tokens = [Array("x".utf8), try signed(header: unknown, payload: claims()), try pair.sign(claims(["aud": #""b""#]))]
        var found: Set<String> = []
        for token in tokens {
            do throws(Problem) { _ = try house.accept(token) } catch { found.insert("\(error.message) \(error.hint ?? "")") }
        }
        #expect(found.count == 1)
    }

    /// What may happen to a token between two requests.
    enum Change: CaseIterable {
        case expiry, clockSetBack, signOut, disabling, newPassword, cut, retirement
    }

    @Test(arguments: Change.allCases)
    func `JWT-19: a token that was found good a moment ago is refused as soon as it is not`(change: Change) async throws {
        let login = try await house.login(of: user, life: 3_600)
        for _ in 0..<2 { #expect(try house.accept(login.access).family == login.family) }
        switch change {
        case .expiry: house.clock.advance(by: .seconds(3_605))
        case .clockSetBack: house.clock.jumpWall(by: .seconds(-7))
        case .signOut: try await house.refresh.signOut(login.refresh, client: nil, everywhere: false, reason: .logout, for: House.caller)
        case .disabling: _ = try await house.users.setDisabled(true, user: user.id, for: House.caller)
        case .newPassword:
            _ = try await house.users.setPassword(try Ground.secret("another password"), of: user.id, for: House.caller)
        case .cut: _ = try await house.keys.cutKeys(by: .operator, requestID: nil)
        case .retirement:
            let kid = house.keys.ring.active.kid
            try await house.rotateUserKey()
            _ = try house.accept(login.access)
            _ = try await house.keys.remove(kid, isTainted: false, by: .operator, requestID: nil)
        }
        try await expectRefused(login.access, as: change == .expiry ? .tokenExpired : .invalidToken)
    }

    @Test func `a token that nearly is one that was found good is refused`() async throws {
        let login = try await house.login(of: user)
        for index in login.access.indices {
            _ = try house.accept(login.access)
            var token = login.access
            token[index] ^= 1
            try await expectRefused(token, as: .invalidToken, "byte \(index)")
        }
    }

    @Test func `a client's own token ends with the client, and one that takes the name does not inherit it`() async throws {
        let id = try #require(OAuthClient.ID("dashboard"))
        _ = try await house.clients.add(id, for: House.caller)
        let token = try await house.refresh.access(for: id).signed()
        #expect(try house.accept(token).isOfClient)
        house.clock.advance(by: .milliseconds(5))
        try await house.clients.remove(id, for: House.caller)
        try await expectRefused(token)
        _ = try await house.clients.add(id, for: House.caller)
        try await expectRefused(token)
        _ = try house.accept(try await house.refresh.access(for: id).signed())
    }

    @Test func `a client has no user's fate, even with the same name`() async throws {
        // A database of before this was refused may have both.
        let id = try #require(OAuthClient.ID("ada"))
        _ = try await house.login(of: user, client: id)
        let own = try await house.refresh.access(for: id).signed()
        let users = try await house.login(of: user).access
        _ = try await house.users.setDisabled(true, user: user.id, for: House.caller)
        _ = try house.accept(own)
        try await expectRefused(users)
    }
}

/// Public keys as OpenSSL writes them (RFC 5280 section 4.1.2.7): what a confused verifier would take for a secret.
enum SubjectPublicKeyInfo {
    static func der(of jwk: PublicJWK) -> [UInt8] {
        switch jwk {
        case .ed25519(let x): Hexadecimal.decode("302a300506032b6570032100").map { $0 + x } ?? []
        case .p256(let x, let y):
            Hexadecimal.decode("3059301306072a8648ce3d020106082a8648ce3d03010703420004").map { $0 + x + y } ?? []
        case .rsa(let n, let e):
            Hexadecimal.decode("30820122300d06092a864886f70d01010105000382010f003082010a0282010100").map {
                $0 + n + [2, UInt8(e.count)] + e
            }
                ?? []
        }
    }
}
