public import WaiaasCore

/// Values to put into a store; each call gives fresh ids from the same seed.
public struct Sample: Sendable {
    /// When everything begins: a whole second.
    public static let start = WallTime(seconds: 1_800_000_000)

    /// The digest of some question.
    public static let question = Digest256(words: [1, 2, 3, 4])

    private let randomness: Randomness

    /// Samples from a seed.
    public init(seed: UInt64 = 1) {
        randomness = SeededRandomness(seed: seed).randomness
    }

    /// 32 fresh bytes.
    public func digest() -> Digest256 {
        Digest256(words: [randomness.word(), randomness.word(), randomness.word(), randomness.word()])
    }

    /// A fresh kid.
    public func kid() -> KeyID {
        let text = String(randomness.word(), radix: 16)
        return KeyID(String(repeating: "0", count: 16 - text.utf8.count) + text) ?? kid()
    }

    /// An agent that may work.
    public func agent(_ name: String, at time: WallTime = start) throws -> Agent {
        guard let name = Agent.Name(name) else { throw StoreBehaviour.Broken(description: "\(name) is no name") }
        return Agent(id: AgentID(at: time, randomness: randomness), name: name, status: .active, createdAt: time, updatedAt: time)
    }

    /// A session of an agent, with nothing in its optional fields.
    public func session(of agent: AgentID, at time: WallTime = start, lasting life: Duration = .seconds(3_600)) -> Session {
        Session(
            id: SessionID(at: time, randomness: randomness), agentID: agent, token: token(at: time, lasting: life), timeToLive: life,
            constraints: .none, maxRenewals: 3, absoluteExpiresAt: time + life * 10, createdAt: time)
    }

    /// The traces of a token.
    public func token(at time: WallTime, lasting life: Duration) -> IssuedToken {
        IssuedToken(hash: digest(), kid: kid(), jti: TokenID(randomness: randomness), issuedAt: time, expiresAt: time + life)
    }

    /// A user who may sign in.
    public func user(_ name: String, at time: WallTime = start) throws -> User {
        guard let id = UserID(name) else { throw StoreBehaviour.Broken(description: "\(name) is no user's name") }
        return User(adding: id, passwordHash: "$argon2id$\(name)", at: time)
    }

    /// A family of a user with its first token.
    public func family(
        of user: UserID, client: OAuthClient.ID? = nil, at time: WallTime = start, idle: Duration = .seconds(1_000),
        lasting life: Duration = .seconds(10_000), access: Duration = .seconds(900)
    ) -> (family: RefreshFamily, first: RefreshToken) {
        let family = RefreshFamily(
            id: FamilyID(at: time, randomness: randomness), userID: user, clientID: client, createdAt: time,
            absoluteExpiresAt: time + life, newest: Identifier(at: time, randomness: randomness), generation: 1, lastUsedAt: time,
            accessKid: kid(), accessExpiresAt: time + access, revocation: nil)
        return (family, refreshToken(of: family, at: time, idle: idle))
    }

    /// A family's newest token.
    public func refreshToken(of family: RefreshFamily, at time: WallTime, idle: Duration = .seconds(1_000)) -> RefreshToken {
        RefreshToken(
            id: family.newest, familyID: family.id, generation: family.generation, hash: digest(), createdAt: time,
            expiresAt: time + idle)
    }

    /// What an exchange makes of a family, and its new token.
    public func exchange(
        of family: RefreshFamily, at time: WallTime, sealed: [UInt8]? = nil
    ) -> (family: RefreshFamily, successor: RefreshToken) {
        var next = family
        (next.newest, next.parent) = (Identifier(at: time, randomness: randomness), family.newest)
        next.generation += 1
        next.lastUsedAt = time
        next.sealedSuccessor = sealed
        next.accessExpiresAt = time + .seconds(900)
        return (next, refreshToken(of: next, at: time))
    }

    /// A panel of a user, or a public one for nil.
    public func panel(
        _ id: String, of user: UserID? = nil, at time: WallTime = start, lasting life: Duration = .seconds(3_600)
    ) throws -> Panel {
        guard let id = PanelID(id) else { throw StoreBehaviour.Broken(description: "\(id) is no panel's id") }
        return Panel(
            key: user.map { .user($0, id) } ?? .public(id), life: Identifier(at: time, randomness: randomness),
            template: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", arguments: .none, createdAt: time, expiresAt: time + life)
    }

    /// A record that follows the end of a chain. Its hashes are arbitrary: the store does not check them.
    public func record(after head: AuditHead, agentID: AgentID? = nil) -> AuditRecord {
        AuditRecord(
            sequence: head.sequence + 1, time: Self.start, event: "SESSION_ISSUED", actor: "operator", agentID: agentID, sessionID: nil,
            requestID: nil, details: "{}", previousHash: head.hash, mac: digest(), hash: digest())
    }
}
