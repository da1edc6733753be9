import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

/// What was found of a token is used again for the same bytes and the same ring, and for nothing else.
@Suite(.inTurns) struct VerifiedTokensTests {
    private let tokens = VerifiedTokens<SessionToken.Claims>()

    private func finding(_ session: UInt64, epoch: UInt64 = 1) throws -> VerifiedTokens<SessionToken.Claims>.Finding {
        VerifiedTokens<SessionToken.Claims>.Finding(
            claims: SessionToken.Claims(
                session: SessionID(high: 0, low: session), agent: AgentID(high: 0, low: 1), jti: TokenID(high: 0, low: 1),
                issuedAt: WallTime(seconds: 0), expiresAt: WallTime(seconds: 60)),
            kid: try #require(KeyID("0123456789abcdef")), epoch: epoch)
    }

    @Test func `a finding is there for its digest and its epoch alone`() throws {
        let hash = SHA256.digest([1])
        #expect(tokens.finding(for: hash, epoch: 1) == nil)
        tokens.keep(try finding(7), for: hash)
        #expect(tokens.finding(for: hash, epoch: 1)?.claims.session.low == 7)
        #expect(tokens.finding(for: hash, epoch: 2) == nil && tokens.finding(for: hash, epoch: 0) == nil)
        #expect(tokens.finding(for: SHA256.digest([2]), epoch: 1) == nil)
    }

    @Test(arguments: [[0x41, 1, 0, 0], [0x41, 0, 0, 1], [0x41 | 1 << 14, 0, 0, 0], [0x41 | 1 << 63, 0, 0, 0]] as [[UInt64]])
    func `two digests with one place displace each other and are never taken for each other`(words: [UInt64]) throws {
        let (one, other) = (
            Digest256(words: [0x41, 0, 0, 0]), Digest256(words: [words[0], words[1], words[2], words[3]])
        )
        tokens.keep(try finding(1), for: one)
        #expect(tokens.finding(for: other, epoch: 1) == nil)
        tokens.keep(try finding(2), for: other)
        #expect(tokens.finding(for: other, epoch: 1)?.claims.session.low == 2)
        #expect(tokens.finding(for: one, epoch: 1) == nil)
    }

    /// What may happen to a token between two requests.
    enum Change: CaseIterable {
        case expiry, clockSetBack, revocation, suspension, renewal, cut, endOfWindow
    }

    @Test(arguments: Change.allCases)
    func `JWT-19: a token that was found good a moment ago is refused as soon as it is not`(change: Change) async throws {
        let house = try await House()
        let agent = try await house.agent()
        let issued = try await house.issue(to: agent, lasting: 3_600)
        #expect(try house.verify(issued.token).session == issued.session.id)
        #expect(try house.verify(issued.token).session == issued.session.id)
        let refusal: ProblemCode
        switch change {
        case .expiry:
            house.clock.advance(by: .seconds(3_605))
            refusal = .tokenExpired
        case .clockSetBack:
            house.clock.jumpWall(by: .milliseconds(-5_001))
            refusal = .invalidToken
        case .revocation:
            _ = try await house.sessions.revoke(issued.session.id, for: House.caller)
            refusal = .sessionRevoked
        case .suspension:
            _ = try await house.rooms.services.agents.setSuspended(true, agent: agent.id, reason: nil, for: House.caller)
            refusal = .callerSuspended
        case .renewal:
            house.clock.advance(by: .seconds(1_900))
            _ = try await house.renew(issued.token)
            _ = try house.verify(issued.token)
            house.clock.advance(by: .milliseconds(60_001))
            refusal = .invalidToken
        case .cut:
            try await house.cut()
            refusal = .invalidToken
        case .endOfWindow:
            try await house.rotate()
            #expect(try house.verify(issued.token).isOfRetiringKey)
            house.clock.advance(by: .milliseconds(300_000))
            #expect(try house.verify(issued.token).isOfRetiringKey)
            house.clock.advance(by: .milliseconds(1))
            refusal = .invalidToken
        }
        #expect(try await problem { try house.verify(issued.token) } == refusal)
    }

    @Test func `a token that nearly is one that was found good is refused`() async throws {
        let house = try await House()
        let issued = try await house.issue(to: try await house.agent())
        for index in issued.token.indices {
            _ = try house.verify(issued.token)
            var token = issued.token
            token[index] ^= 1
            #expect(throws: Problem(.invalidToken), "byte \(index)") { try house.verify(token) }
        }
    }
}
