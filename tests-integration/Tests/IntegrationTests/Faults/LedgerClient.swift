import WaiaasAPI
import WaiaasCore

/// A client that writes down what it asks for before it asks, and what it is told. Its calls block.
struct LedgerClient {
    /// Of so many sessions of its own it makes no more.
    private static let enough = 24

    let connection: Connection
    let agent: AgentID
    let `operator`: Credential
    let ledger: Ledger
    /// The sessions that no other client touches.
    var mine: [SessionID]
    /// At which of its turns it rotates the secret; never if nil.
    var rotatesAt: Int?
    var generator: SeededGenerator
    private var turn = 0

    init(
        _ connection: Connection, agent: AgentID, as operator: Credential, ledger: Ledger, mine: [SessionID] = [], rotatesAt: Int? = nil,
        generator: SeededGenerator
    ) {
        (self.connection, self.agent, self.operator, self.ledger) = (connection, agent, `operator`, ledger)
        (self.mine, self.rotatesAt, self.generator) = (mine, rotatesAt, generator)
    }

    /// One request, chosen at random.
    mutating func next() throws -> String {
        turn += 1
        if turn == rotatesAt { return try rotate(compromised: generator.next() % 4 == 0) }
        let place = mine.isEmpty ? nil : Int.random(in: mine.indices, using: &generator)
        switch (generator.next() % 8, place) {
        case (0...2, _) where mine.count < Self.enough: return try issue()
        case (0...3, let place?): return try revoke(at: place)
        case (4...6, let place?): return try renew(at: place)
        case (_, let place?): return "verified " + (try verify(mine[place]))
        case (_, nil): return try issue()
        }
    }

    mutating func issue() throws -> String {
        let reply = try connection.exchange(Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: `operator`))
        guard reply.status == 201 else { return reply.gist }
        let session = try IssuedSession(decoding: reply.body, as: .answer)
        mine.append(session.sessionId)
        ledger.issued(session.sessionId, session.token)
        return "issued"
    }

    mutating func revoke(at place: Int) throws -> String {
        let id = mine.remove(at: place)
        ledger.asking(id, .revoking)
        let reply = try connection.exchange(Request(RevokeSession.self, SessionPath(id: id), NoContent(), as: `operator`))
        // What a cut has ended meanwhile cannot be revoked; it stays open whether it was, until its secret is known to be gone.
        guard reply.status == 200 else { return reply.gist }
        ledger.revoked(id)
        return "revoked"
    }

    mutating func renew(at place: Int) throws -> String {
        let id = mine[place]
        guard let token = ledger.now.entries[id]?.token else { return "unknown" }
        ledger.asking(id, .renewing)
        let reply = try connection.exchange(Request(RenewSession.self, SessionPath(id: id), NoContent(), as: .agent(token: token)))
        ledger.renewed(id, reply.status == 200 ? try RenewedSession(decoding: reply.body, as: .answer).token : nil)
        if reply.status == 401 { mine.remove(at: place) }
        return reply.status == 200 ? "renewed" : reply.gist
    }

    func rotate(compromised: Bool) throws -> String {
        ledger.change { $0.pending = compromised ? .compromised : .ordinary }
        let reply = try connection.exchange(.rotation(compromised ? "?compromised=true" : "", as: `operator`))
        guard reply.status == 200 else {
            ledger.change { $0.pending = .none }
            return reply.gist
        }
        ledger.rotated(try RotatedSecret(decoding: reply.body, as: .answer))
        return "rotated"
    }

    func verify(_ id: SessionID) throws -> String {
        guard let token = ledger.now.entries[id]?.token else { return "unknown" }
        return try connection.exchange(Request("GET", "/v1/sessions/self", as: .agent(token: token))).gist
    }
}
