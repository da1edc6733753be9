import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

/// Tokens that the ring did sign, or nearly, and what is said to each.
@Suite(.inTurns) struct SessionVerifierTests {
    let house: House
    let agent: Agent
    let issued: SessionService.Issued

    init() async throws {
        house = try await House()
        agent = try await house.agent()
        issued = try await house.issue(to: agent, lasting: 3_600)
    }

    private var base64: (header: String, payload: String, signature: String) {
        let parts = String(decoding: issued.token.dropFirst(9), as: UTF8.self).split(separator: ".").map(String.init)
        return (parts[0], parts[1], parts[2])
    }

    /// A token of these parts, signed by the secret in use.
    private func token(header: String? = nil, payload: String? = nil, prefix: String = "wai_sess_") throws -> [UInt8] {
        let header = header.map { Base64URL.encode(Array($0.utf8)) } ?? base64.header
        let payload = payload.map { Base64URL.encode(Array($0.utf8)) } ?? base64.payload
        let signature = try house.secrets.current.material.signature(for: Array("\(header).\(payload)".utf8))
        return Array("\(prefix)\(header).\(payload).\(Base64URL.encode(signature))".utf8)
    }

    private func payload(_ change: (inout [String: String]) -> Void) -> String {
        let session = issued.session
        var claims = [
            "iss": "\"waiaas\"", "sub": "\"\(session.id)\"", "sid": "\"\(session.id)\"", "aid": "\"\(agent.id)\"",
            "jti": "\"\(session.token.jti)\"", "iat": "\(session.token.issuedAt.seconds)", "exp": "\(session.token.expiresAt.seconds)",
        ]
        change(&claims)
        return "{" + claims.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }

    @Test func `a token that was changed in any byte is refused`() throws {
        for index in stride(from: 0, to: issued.token.count, by: 7) {
            var token = issued.token
            token[index] = token[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: Problem(.invalidToken)) { try house.verify(token) }
        }
    }

    @Test func `a token with anything before or behind it is refused`() throws {
        let token = issued.token
        for bad in [[], Array(token.dropFirst(9)), [32] + token, token + [32], token + [46], token + [0], Array(token.dropLast())] {
            #expect(throws: Problem(.invalidToken)) { try house.verify(bad) }
        }
    }

    @Test(arguments: [
        #"{"alg":"none","typ":"JWT","kid":"KID"}"#, #"{"alg":"HS384","typ":"JWT","kid":"KID"}"#,
        #"{"alg":"RS256","typ":"JWT","kid":"KID"}"#, #"{"alg":"hs256","typ":"JWT","kid":"KID"}"#, #"{"typ":"JWT","kid":"KID"}"#,
        #"{"alg":"HS256","typ":"at+jwt","kid":"KID"}"#, #"{"alg":"HS256","kid":"KID"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"0123456789abcdef"}"#, #"{"alg":"HS256","typ":"JWT","kid":""}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"../KID"}"#, #"{"alg":"HS256","typ":"JWT","kid":5}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"KID","crit":["exp"]}"#, #"{"alg":"HS256","alg":"HS256","typ":"JWT","kid":"KID"}"#,
        #"{"alg":"HS256","typ":"JWT","kid":"KID","jwk":{}}"#, "[]", "",
    ])
    func `JWT-01 JWT-02: a header that asks for another algorithm, key or meaning is refused`(header: String) throws {
        let header = header.replacing("KID", with: house.secrets.current.kid.text)
        #expect(throws: Problem(.invalidToken)) { try house.verify(try token(header: header)) }
    }

    @Test func `a token without a kid is tried with the secret in use, then with the one before`() async throws {
        let bare = try token(header: #"{"alg":"HS256","typ":"JWT"}"#)
        // Its signature is good; its hash is not the session's, so it is nobody's token.
        #expect(throws: Problem(.invalidToken)) { try house.verify(bare) }
        let stored = SessionTrace(
            id: issued.session.id, agentID: agent.id, tokenHash: SHA256.digest(bare), kid: issued.session.token.kid,
            expiresAt: issued.session.token.expiresAt, tokenBefore: nil)
        house.table.set(stored)
        #expect(try house.verify(bare).isOfRetiringKey == false)
        try await house.rotate()
        #expect(try house.verify(bare).isOfRetiringKey)
        house.clock.advance(by: .milliseconds(300_001))
        #expect(throws: Problem(.invalidToken)) { try house.verify(bare) }
    }

    @Test(arguments: [(Int64(4_999), true), (5_000, false), (5_001, false)])
    func `exp has a leeway of 5 s and no more`(beyond: Int64, isGood: Bool) async throws {
        house.clock.advance(by: .seconds(3_600) + .milliseconds(beyond))
        if isGood {
            #expect(throws: Never.self) { try house.verify(issued.token) }
        } else {
            #expect(throws: Problem(.tokenExpired)) { try house.verify(issued.token) }
        }
    }

    @Test func `an expired token of the secret before says that it has expired`() async throws {
        let short = try await house.issue(to: agent, lasting: 300)
        house.clock.advance(by: .seconds(200))
        try await house.rotate()
        house.clock.advance(by: .seconds(105))
        #expect(throws: Problem(.tokenExpired)) { try house.verify(short.token) }
    }

    @Test(arguments: [(Int64(5_000), true), (5_001, false)])
    func `iat may lie 5 s ahead and no more`(ahead: Int64, isGood: Bool) async throws {
        house.clock.jumpWall(by: .milliseconds(-ahead))
        if isGood {
            #expect(throws: Never.self) { try house.verify(issued.token) }
        } else {
            #expect(throws: Problem(.invalidToken)) { try house.verify(issued.token) }
        }
    }

    @Test(arguments: ["iss", "sub", "sid", "aid", "jti", "iat", "exp"])
    func `JWT-09 JWT-10: a claim that is missing or wrong is refused, though the signature is good`(name: String) throws {
        let strange = ["null", "\"\"", "[]", "\"other\"", "1e3", "-1", "99999999999999999999"]
        #expect(throws: Problem(.invalidToken)) { try house.verify(try token(payload: payload { $0[name] = nil })) }
        for value in strange {
            #expect(throws: Problem.self, "\(name): \(value)") { try house.verify(try token(payload: payload { $0[name] = value })) }
        }
    }

    @Test func `a subject that is not the session is refused`() async throws {
        let other = try await house.issue(to: agent)
        let both = payload { $0["sub"] = "\"\(other.session.id)\"" }
        #expect(throws: Problem(.invalidToken)) { try house.verify(try token(payload: both)) }
    }

    @Test func `a well signed token that was never given out is refused`() async throws {
        #expect(throws: Problem(.invalidToken)) { try house.verify(try token(payload: payload { $0["exp"]? += "0" })) }
        let unknown = SessionID(high: 3, low: 4)
        let stranger = payload { claims in
            claims["sub"] = "\"\(unknown)\""
            claims["sid"] = "\"\(unknown)\""
        }
        #expect(throws: Problem(.sessionRevoked)) { try house.verify(try token(payload: stranger)) }
    }

    @Test func `a session's token that names another agent is refused`() throws {
        let other = payload { $0["aid"] = "\"\(AgentID(high: 5, low: 6))\"" }
        let token = try token(payload: other)
        house.table.set(
            SessionTrace(
                id: issued.session.id, agentID: agent.id, tokenHash: SHA256.digest(token), kid: issued.session.token.kid,
                expiresAt: issued.session.token.expiresAt, tokenBefore: nil))
        #expect(throws: Problem(.invalidToken)) { try house.verify(token) }
    }

    @Test func `a token of another installation is refused`() async throws {
        let foreign = try await House()
        let theirs = try await foreign.issue(to: try await foreign.agent())
        #expect(throws: Problem(.invalidToken)) { try house.verify(theirs.token) }
    }

    @Test func `verifying asks the store for nothing, whatever comes`() async throws {
        let revoked = try await house.issue(to: agent)
        _ = try await house.sessions.revoke(revoked.session.id, for: House.caller)
        try await house.rotate()
        house.store.forbid()
        _ = try house.verify(issued.token)
        for bad in [revoked.token, Array(issued.token.dropLast()), Array("wai_sess_a.b.c".utf8), []] {
            #expect(throws: Problem.self) { try house.verify(bad) }
        }
        house.store.allow()
    }
}
