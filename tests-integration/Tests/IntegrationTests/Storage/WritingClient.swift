import WaiaasAPI
import WaiaasCore

/// A client that issues, renews and revokes without pause, and notes what it is told. One of them rotates the secret once.
struct WritingClient {
    let connection: Connection
    let agent: AgentID
    let `operator`: Credential
    let book: Book
    var rotates: Bool
    private var mine: [(id: SessionID, token: String)] = []
    private var turn = 0

    init(_ connection: Connection, agent: AgentID, as operator: Credential, book: Book, rotates: Bool) {
        (self.connection, self.agent, self.operator, self.book, self.rotates) = (connection, agent, `operator`, book, rotates)
    }

    /// One request.
    mutating func next() throws -> String {
        turn += 1
        if rotates, turn == 6 { return try rotate() }
        switch turn % 4 {
        case 2 where mine.count > 2: return try revoke()
        case 3 where !mine.isEmpty: return try renew()
        default: return try issue()
        }
    }

    private mutating func issue() throws -> String {
        let reply = try connection.exchange(Request(IssueSession.self, NoParameters(), NewSession(agentId: agent), as: `operator`))
        guard reply.status == 201 else { return reply.gist }
        let session = try IssuedSession(decoding: reply.body, as: .answer)
        mine.append((session.sessionId, session.token))
        book.note(session.sessionId, .alive(token: session.token))
        return "issued"
    }

    private mutating func revoke() throws -> String {
        let (id, token) = mine.removeFirst()
        book.note(id, .unknown)
        let reply = try connection.exchange(Request(RevokeSession.self, SessionPath(id: id), NoContent(), as: `operator`))
        guard reply.status == 200 else { return reply.gist }
        book.note(id, .dead(token: token))
        return "revoked"
    }

    /// Crosses over to a new secret; refused as too early where there is none. Unanswered, the old token goes on for a minute.
    private mutating func renew() throws -> String {
        let (id, token) = mine[0]
        let reply = try connection.exchange(Request(RenewSession.self, SessionPath(id: id), NoContent(), as: .agent(token: token)))
        guard reply.status == 200 else { return reply.gist }
        let renewed = try RenewedSession(decoding: reply.body, as: .answer)
        mine.removeFirst()
        mine.append((id, renewed.token))
        book.note(id, .alive(token: renewed.token))
        return "renewed"
    }

    private mutating func rotate() throws -> String {
        let reply = try connection.exchange(.rotation(as: `operator`))
        guard reply.status == 200 else { return reply.gist }
        book.noteRotation(try RotatedSecret(decoding: reply.body, as: .answer).kid)
        return "rotated"
    }
}
