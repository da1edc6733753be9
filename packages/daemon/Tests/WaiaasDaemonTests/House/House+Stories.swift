import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

extension House {
    static let caller = Caller(actor: .operator, requestID: "req_test")

    func agent(_ name: String = "trader") async throws -> Agent {
        try await rooms.services.agents.create(try #require(Agent.Name(name)), for: Self.caller)
    }

    func issue(
        to agent: Agent, lasting life: Int64? = nil, renewals: Int? = nil, _ constraints: SessionConstraints = .none
    ) async throws -> SessionService.Issued {
        let order = SessionService.Order(
            recipient: .id(agent.id), timeToLive: life.map { .seconds($0) }, maxRenewals: renewals, constraints: constraints)
        return try await sessions.issue(order, for: Self.caller)
    }

    func verify(_ token: [UInt8]) throws(Problem) -> SessionVerifier.Verified { try rooms.gate.verifier.verify(token[...]) }

    func renew(_ token: [UInt8]) async throws -> SessionService.Renewed { try await sessions.renew(try verify(token), for: Self.caller) }

    @discardableResult
    func rotate() async throws -> JwtSecretManager.Rotation { try await secrets.rotateJwtSecret(by: .operator, requestID: nil) }

    @discardableResult
    func cut() async throws -> JwtSecretManager.Rotation { try await secrets.cutJwtSecret(by: .operator, requestID: nil) }

    /// Every record of the chain.
    func records() async throws -> [AuditRecord] { try await store.read { try $0.auditRecords(after: 0, limit: 100_000) } }

    func events() async throws -> [String] { try await records().map(\.event) }

    func count(of event: AuditEventName) async throws -> Int { try await events().count { $0 == event.rawValue } }

    /// What `system_state` holds.
    func state() async throws -> [StateName: String] {
        try await store.read { store in
            var values: [StateName: String] = [:]
            for name in StateName.allCases { values[name] = try store.state(name) }
            return values
        }
    }

    /// Sets a row of `system_state`, or removes it.
    func set(_ name: StateName, to value: String?) async throws {
        try await store.write {
            try $0.setState(name, to: value)
        } committed: { _ in
        }
    }

    /// Compares memory with what a start would load, for every session there is and every token it has.
    func expectMemoryIsAsStored(_ place: SourceLocation = #_sourceLocation) async throws {
        let now = clock.now.wall
        let fresh = SessionTable()
        let stored = try await store.read { store in
            try store.forEachLiveSession(at: now) { fresh.set($0) }
            return try store.sessions(PageRequest(after: nil, limit: 100_000, order: .ascending), agent: nil, liveAt: nil)
        }
        for session in stored {
            for hash in [session.token.hash, session.tokenBefore?.hash, SHA256.digest([1])].compactMap(\.self) {
                #expect(
                    table.match(session.id, hash: hash, at: now) == fresh.match(session.id, hash: hash, at: now), sourceLocation: place)
            }
        }
        #expect(table.countByKey(at: now) == fresh.countByKey(at: now), sourceLocation: place)
    }
}

/// What a problem's code is; nil if the work threw none.
func problem(_ work: () async throws -> some Any) async throws -> ProblemCode? {
    do {
        _ = try await work()
        return nil
    } catch {
        return Problem(answering: error).code
    }
}
