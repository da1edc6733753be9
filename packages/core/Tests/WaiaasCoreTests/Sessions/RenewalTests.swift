import Testing
import WaiaasCore
import WaiaasTestSupport

/// A session of one hour that began at `start`; times in the tables are milliseconds after it.
@Suite("Renewal")
struct RenewalTests {
    private static let start = WallTime(seconds: 1_800_000_000)
    private static let hour: Int64 = 3_600_000

    private static func time(_ milliseconds: Int64) -> WallTime { start + .milliseconds(milliseconds) }

    private func digest(_ byte: UInt8) throws -> Digest256 {
        try #require(Digest256(bytes: [UInt8](repeating: byte, count: 32)))
    }

    private func issued(_ byte: UInt8, at milliseconds: Int64 = 0, end: Int64 = hour) throws -> IssuedToken {
        IssuedToken(
            hash: try digest(byte), kid: try #require(KeyID("k1")), jti: TokenID(high: 0, low: UInt64(byte)),
            issuedAt: Self.time(milliseconds), expiresAt: Self.time(end))
    }

    private func session(
        end: Int64 = hour, absolute: Int64 = 100 * hour, renewals: Int = 0, max: Int = 30, revoked: Bool = false, before: TokenBefore? = nil
    ) throws -> Session {
        let random = SeededRandomness(seed: 1).randomness
        return Session(
            id: SessionID(at: Self.start, randomness: random), agentID: AgentID(at: Self.start, randomness: random),
            token: try issued(1, end: end), tokenBefore: before, timeToLive: .milliseconds(Self.hour), constraints: .none,
            revokedAt: revoked ? Self.start : nil, renewalCount: renewals, maxRenewals: max, absoluteExpiresAt: Self.time(absolute),
            createdAt: Self.start)
    }

    private func renew(_ session: Session, with byte: UInt8 = 1, at milliseconds: Int64, crossing: Bool = false) throws -> RenewalDecision {
        try session.renewal(presenting: digest(byte), signedByRetiringKey: crossing, at: Self.time(milliseconds))
    }

    // MARK: The ordinary rule

    @Test(
        arguments: [(1_800_000, 5_400_000), (1_800_001, 5_400_000), (1_800_999, 5_400_000), (1_801_000, 5_401_000), (3_600_000, 7_200_000)]
            as [(Int64, Int64)])
    func `after half of its life a token is renewed for a whole one, from a whole second, and that counts`(now: Int64, end: Int64) throws {
        #expect(try renew(session(), at: now) == .renew(expiresAt: Self.time(end), countsAsRenewal: true))
    }

    @Test(arguments: [-3_600_000, 0, 1, 1_799_999] as [Int64])
    func `before half of its life it is refused, and told from when`(now: Int64) throws {
        let session = try session()
        #expect(throws: RenewalRefusal.tooEarly(from: Self.time(1_800_000))) { try renew(session, at: now) }
    }

    @Test func `half of an odd life is kept to the millisecond`() throws {
        let random = SeededRandomness(seed: 1).randomness
        let session = Session(
            id: SessionID(at: Self.start, randomness: random), agentID: AgentID(at: Self.start, randomness: random),
            token: try issued(1, end: 301_000), timeToLive: .seconds(301), constraints: .none, maxRenewals: 30,
            absoluteExpiresAt: Self.time(Self.hour), createdAt: Self.start)
        #expect(throws: RenewalRefusal.tooEarly(from: Self.time(150_500))) { try renew(session, at: 150_499) }
        #expect(try renew(session, at: 150_500) == .renew(expiresAt: Self.time(451_000), countsAsRenewal: true))
    }

    @Test(arguments: [(0, 0), (30, 30), (31, 30), (1, 1), (0, -1)] as [(Int, Int)])
    func `used-up renewals are refused, and 0 forbids them`(used: Int, max: Int) throws {
        let session = try session(renewals: used, max: max)
        #expect(throws: RenewalRefusal.limitReached(max: max)) { try renew(session, at: 1_800_000) }
    }

    @Test func `the last renewal allowed is granted`() throws {
        #expect(try renew(session(renewals: 29), at: 1_800_000) == .renew(expiresAt: Self.time(5_400_000), countsAsRenewal: true))
    }

    @Test(
        arguments: [
            (5_400_001, 5_400_000), (5_400_000, 5_400_000), (5_399_999, 5_399_000), (4_000_000, 4_000_000), (3_601_000, 3_601_000),
            (3_601_999, 3_601_000),
        ] as [(Int64, Int64)])
    func `no renewal reaches past the absolute end, REF-05`(absolute: Int64, end: Int64) throws {
        #expect(try renew(session(absolute: absolute), at: 1_800_000) == .renew(expiresAt: Self.time(end), countsAsRenewal: true))
    }

    @Test(arguments: [3_600_000, 3_600_001, 3_600_999] as [Int64])
    func `a token that lives to the absolute end is refused, also when that lies within a second, REF-05`(absolute: Int64) throws {
        let session = try session(absolute: absolute)
        #expect(throws: RenewalRefusal.absoluteEnd(Self.time(absolute))) { try renew(session, at: 1_800_000) }
    }

    @Test func `the refusals come in their order: revoked, mismatch, limit, absolute end, too early`() throws {
        let absolute = Self.hour
        let rows: [(Session, UInt8, RenewalRefusal)] = try [
            (session(absolute: absolute, max: 0, revoked: true), 9, .revoked),
            (session(absolute: absolute, max: 0), 9, .mismatch),
            (session(absolute: absolute, max: 0), 1, .limitReached(max: 0)),
            (session(absolute: absolute), 1, .absoluteEnd(Self.time(absolute))),
            (session(), 1, .tooEarly(from: Self.time(1_800_000))),
        ]
        for (session, byte, refusal) in rows { #expect(throws: refusal) { try renew(session, with: byte, at: 0) } }
    }

    // MARK: Crossing over to the current secret

    @Test(
        arguments: [
            (0, 3_600_000), (1_799_999, 3_600_000), (1_800_000, 5_400_000), (3_599_999, 7_199_000),
        ] as [(Int64, Int64)])
    func `crossing over costs nothing at any age, and moves the end only when the ordinary rule would`(now: Int64, end: Int64) throws {
        #expect(try renew(session(), at: now, crossing: true) == .renew(expiresAt: Self.time(end), countsAsRenewal: false))
    }

    @Test func `crossing over is not stopped by used-up renewals nor by the absolute end, and then moves no end`() throws {
        let same = RenewalDecision.renew(expiresAt: Self.time(Self.hour), countsAsRenewal: false)
        #expect(try renew(session(max: 0), at: 1_800_000, crossing: true) == same)
        #expect(try renew(session(renewals: 30), at: 1_800_000, crossing: true) == same)
        #expect(try renew(session(absolute: Self.hour), at: 1_800_000, crossing: true) == same)
    }

    @Test func `crossing over ends at the absolute end too`() throws {
        let decision = try renew(session(absolute: 4_000_000), at: 1_800_000, crossing: true)
        #expect(decision == .renew(expiresAt: Self.time(4_000_000), countsAsRenewal: false))
    }

    @Test func `neither a revoked session nor a foreign token crosses over`() throws {
        let (revoked, live) = try (session(revoked: true), session())
        #expect(throws: RenewalRefusal.revoked) { try renew(revoked, at: 0, crossing: true) }
        #expect(throws: RenewalRefusal.mismatch) { try renew(live, with: 9, at: 0, crossing: true) }
    }

    // MARK: The token before

    @Test(arguments: [(0, true), (59_999, true), (60_000, true), (60_001, false), (3_600_000, false)] as [(Int64, Bool)])
    func `the token before gets the same answer again through 60 s, and is a foreign one afterwards, REF-04`(
        passed: Int64, repeats: Bool
    ) throws {
        let before = TokenBefore(of: try issued(7), renewedAt: Self.time(1_800_000))
        for crossing in [false, true] {
            let session = try session(end: 5_400_000, max: 0, before: before)
            let answer = Result { try renew(session, with: 7, at: 1_800_000 + passed, crossing: crossing) }
            switch answer {
            case .success(let decision): #expect(repeats && decision == .repeatLast)
            case .failure(let error): #expect(!repeats && error as? RenewalRefusal == .mismatch)
            }
        }
    }

    @Test(arguments: [(1_800_000, 1_860_000), (3_540_000, 3_600_000), (3_540_001, 3_600_000), (3_599_999, 3_600_000)] as [(Int64, Int64)])
    func `the token before works for 60 s or to its own end, whichever is sooner`(renewed: Int64, until: Int64) throws {
        let before = TokenBefore(of: try issued(7), renewedAt: Self.time(renewed))
        #expect(try before == TokenBefore(hash: digest(7), worksUntil: Self.time(until)))
    }

    @Test func `a foreign token gets nothing while the token before works`() throws {
        let session = try session(before: TokenBefore(of: issued(7), renewedAt: Self.start))
        for crossing in [false, true] {
            #expect(throws: RenewalRefusal.mismatch) { try renew(session, with: 9, at: 1, crossing: crossing) }
        }
    }

    @Test func `the token before repeats nothing once the session is revoked`() throws {
        let session = try session(revoked: true, before: TokenBefore(of: issued(7), renewedAt: Self.start))
        #expect(throws: RenewalRefusal.revoked) { try renew(session, with: 7, at: 1) }
    }

    @Test func `no chain of renewals and crossings outlives the absolute end or its number of renewals`() throws {
        let random = SeededRandomness(seed: 21)
        for _ in 0..<300 {
            let absolute = Self.hour + Int64(random.below(20 * Int(Self.hour)))
            var session = try session(absolute: absolute, max: random.below(6))
            var now: Int64 = 0
            while Self.time(now) <= session.token.expiresAt {
                let crossing = random.below(4) == 0
                if case .renew(let end, let counts)? = try? renew(session, at: now, crossing: crossing) {
                    #expect(end <= session.absoluteExpiresAt && end >= session.token.expiresAt && end == end.wholeSecond)
                    session.token = IssuedToken(
                        hash: session.token.hash, kid: session.token.kid, jti: session.token.jti, issuedAt: Self.time(now), expiresAt: end)
                    session.renewalCount += counts ? 1 : 0
                }
                #expect(session.renewalCount <= session.maxRenewals)
                now += Int64(random.below(1_200_000)) + 1
            }
            #expect(Self.time(now) > session.token.expiresAt && session.token.expiresAt <= session.absoluteExpiresAt)
        }
    }
}
