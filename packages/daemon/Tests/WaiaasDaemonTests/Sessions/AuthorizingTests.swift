import Testing
import WaiaasCore
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct AuthorizingTests {
    let house: House
    let verified: SessionVerifier.Verified

    init() async throws {
        house = try await House()
        let bounds = SessionConstraints(maxTotalAmount: Amount("10"), maxTransactions: 3)
        let issued = try await house.issue(to: try await house.agent(), bounds)
        verified = try house.verify(issued.token)
    }

    private func ask(_ amount: String, named name: String? = nil) async throws -> ConstraintName? {
        let request = AuthorizationRequest(operation: nil, amount: Amount(amount), destination: nil)
        return try await house.sessions.authorize(request, named: name, by: verified, requestID: "req_1")
    }

    private func usage() async throws -> SessionUsage { try await house.sessions.session(verified.session).session.usage }

    @Test func `what is allowed is counted, what is denied is not, and each is recorded`() async throws {
        #expect(try await ask("6") == nil)
        #expect(try await ask("5") == .maxTotalAmount)
        #expect(try await ask("4") == nil)
        #expect(try await usage().transactions == 2)
        #expect(try await usage().amount == Amount("10"))
        #expect(try await house.count(of: .requestAuthorized) == 2)
        #expect(try await house.count(of: .constraintViolated) == 1)
    }

    @Test func `the same name within ten minutes gets the same answer and counts once`() async throws {
        #expect(try await ask("6", named: "a") == nil)
        house.clock.advance(by: .seconds(600))
        #expect(try await ask("6", named: "a") == nil)
        #expect(try await usage().transactions == 1)
        house.clock.advance(by: .milliseconds(1))
        #expect(try await ask("6", named: "a") == .maxTotalAmount)
    }

    @Test func `the same name for another question is refused and counts for nothing`() async throws {
        #expect(try await ask("1", named: "a") == nil)
        #expect(try await problem { try await ask("9", named: "a") } == .requestIDReused)
        #expect(try await ask("1", named: "a") == nil)
        #expect(try await usage().amount == Amount("1"))
    }

    @Test func `a denial is repeated too`() async throws {
        #expect(try await ask("11", named: "a") == .maxTotalAmount)
        #expect(try await ask("11", named: "a") == .maxTotalAmount)
        #expect(try await house.count(of: .constraintViolated) == 1)
    }

    @Test func `of many at once no more are allowed than the bound`() async throws {
        let answers = try await withThrowingTaskGroup(of: ConstraintName?.self) { group in
            for index in 0..<12 { group.addTask { try await ask("1", named: index < 6 ? "same" : nil) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try await usage().transactions == 3)
        #expect(answers.count { $0 == nil } >= 3)
    }

    @Test func `a revoked session authorises nothing, not even what it was allowed before`() async throws {
        _ = try await ask("1", named: "a")
        _ = try await house.sessions.revoke(verified.session, for: House.caller)
        #expect(try await problem { try await ask("1", named: "a") } == .sessionRevoked)
        #expect(try await problem { try await ask("1") } == .sessionRevoked)
    }

    @Test func `an answer that could not be stored was not given`() async throws {
        house.store.fail(with: .diskFull)
        #expect(try await problem { try await ask("1", named: "a") } == .storageUnavailable)
        house.store.fail(with: nil)
        #expect(try await usage().transactions == 0)
        #expect(try await house.count(of: .requestAuthorized) == 0)
    }
}
