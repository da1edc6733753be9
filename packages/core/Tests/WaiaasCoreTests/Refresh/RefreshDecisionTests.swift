import Testing
import WaiaasCore
import WaiaasTestSupport

/// What presenting a refresh token comes to (design 2.5).
struct RefreshDecisionTests {
    private static let start = Sample.start

    private static func decide(_ change: (inout RefreshFamily) -> Void, after seconds: Int64) throws -> RefreshDecision {
        let sample = Sample()
        var (family, token) = sample.family(of: try sample.user("ada").id, idle: .seconds(100), lasting: .seconds(1_000))
        change(&family)
        return RefreshDecision(presenting: token, of: family, at: start + .seconds(seconds))
    }

    /// The token was exchanged ten seconds after the start.
    private static func used(_ family: inout RefreshFamily) {
        (family.newest, family.parent) = (Identifier(high: 1, low: 1), family.newest)
        family.generation = 2
        family.lastUsedAt = start + .seconds(10)
        family.sealedSuccessor = [7]
    }

    @Test(arguments: [0, 99] as [Int64])
    func `the newest token is exchanged until its idle time is over`(seconds: Int64) throws {
        #expect(try Self.decide({ _ in }, after: seconds) == .rotate)
    }

    @Test func `an unused token ends with its idle time, and with its family's absolute end`() throws {
        #expect(try Self.decide({ _ in }, after: 100) == .expired)
        let aged = RefreshDecision.expired
        #expect(
            try Self.decide(
                { family in
                    family = RefreshFamily(
                        id: family.id, userID: family.userID, clientID: nil, createdAt: family.createdAt,
                        absoluteExpiresAt: Self.start + .seconds(50), newest: family.newest, generation: 1, lastUsedAt: family.lastUsedAt,
                        accessKid: family.accessKid, accessExpiresAt: family.accessExpiresAt, revocation: nil)
                }, after: 50) == aged)
    }

    @Test(arguments: [(10, true), (40, true), (41, false), (5, true), (4, false), (500, false)] as [(Int64, Bool)])
    func `the parent gets the same successor within thirty seconds`(seconds: Int64, repeats: Bool) throws {
        #expect(try Self.decide(Self.used, after: seconds) == (repeats ? .repeatSuccessor([7]) : .reuse))
    }

    @Test(arguments: [(19, true), (20, false), (39, false)] as [(Int64, Bool)])
    func `REF-05: a retry outlives its login no more than any token does`(seconds: Int64, repeats: Bool) throws {
        #expect(
            try Self.decide(
                { family in
                    Self.used(&family)
                    family = RefreshFamily(
                        id: family.id, userID: family.userID, clientID: nil, createdAt: family.createdAt,
                        absoluteExpiresAt: Self.start + .seconds(20), newest: family.newest, parent: family.parent, generation: 2,
                        lastUsedAt: family.lastUsedAt,
                        sealedSuccessor: family.sealedSuccessor, accessKid: family.accessKid, accessExpiresAt: family.accessExpiresAt,
                        revocation: nil)
                }, after: seconds) == (repeats ? .repeatSuccessor([7]) : .expired))
    }

    @Test func `once the successor is used, its parent is reuse at once`() throws {
        #expect(
            try Self.decide(
                {
                    Self.used(&$0)
                    ($0.newest, $0.parent, $0.generation) = (Identifier(high: 1, low: 2), $0.newest, 3)
                }, after: 11) == .reuse)
    }

    @Test func `a token of the parent's generation that is not the parent is reuse`() throws {
        #expect(
            try Self.decide(
                {
                    Self.used(&$0)
                    $0.parent = Identifier(high: 1, low: 2)
                }, after: 11) == .reuse)
    }

    @Test func `without the sealed successor there is nothing to repeat`() throws {
        #expect(
            try Self.decide(
                {
                    Self.used(&$0)
                    $0.sealedSuccessor = nil
                }, after: 11) == .reuse)
    }

    @Test func `a token of the newest generation that is not the newest one is reuse: it was exchanged somewhere else`() throws {
        #expect(try Self.decide({ $0.newest = Identifier(high: 1, low: 1) }, after: 11) == .reuse)
    }

    @Test func `reuse of a token that has expired since is still found`() throws {
        #expect(try Self.decide(Self.used, after: 5_000) == .reuse)
    }

    @Test(arguments: [0, 11, 5_000] as [Int64])
    func `a revoked family answers nothing, whatever comes`(seconds: Int64) throws {
        #expect(
            try Self.decide(
                {
                    Self.used(&$0)
                    $0.revocation = .init(at: Self.start, reason: .logout)
                }, after: seconds) == .revoked)
    }
}
