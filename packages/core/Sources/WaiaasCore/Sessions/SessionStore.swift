/// What the sessions room reads from storage.
public protocol SessionReading {
    /// The session with this id.
    func session(_ id: SessionID) throws(StoreError) -> Session?
    /// A page of sessions in the order of their ids.
    ///
    /// - Parameters:
    ///   - agent: only this agent's; nil for all.
    ///   - liveAt: only those neither revoked nor ended at this time; nil for all.
    func sessions(_ page: PageRequest<Session>, agent: AgentID?, liveAt: WallTime?) throws(StoreError) -> [Session]
    /// Hands every session that is not revoked and not ended to `body`, one after the other: the load at start.
    func forEachLiveSession(at now: WallTime, _ body: (SessionTrace) -> Void) throws(StoreError)
    /// The answer given to this request of this session before, if it is not older than `since`.
    func authorization(session: SessionID, requestID: String, since: WallTime) throws(StoreError) -> RecordedAuthorization?
}

/// What the sessions room changes in storage, inside a transaction.
public protocol SessionStore: SessionReading {
    /// Adds a session, which takes one of its agent's places: ask ``AgentStore/claimSessionPlace(for:limit:at:)`` before.
    func insert(_ session: Session) throws(StoreError)
    /// Stores a renewed session, if the presented token is still the current one, and the session is neither revoked nor has
    /// lost its place to another after it ended.
    ///
    /// - Parameter presented: the hash that must be the stored one.
    /// - Returns: false, and changes nothing, if it is not.
    func renew(_ session: Session, presenting presented: Digest256) throws(StoreError) -> Bool
    /// Marks a session revoked. Returns false if there is none, or it is revoked already.
    func revoke(_ id: SessionID, at now: WallTime) throws(StoreError) -> Bool
    /// Marks every live session revoked, of one agent or of all, and returns how many.
    func revokeAll(of agent: AgentID?, at now: WallTime) throws(StoreError) -> Int
    /// Stores what a session has done.
    func updateUsage(_ usage: SessionUsage, of id: SessionID) throws(StoreError)
    /// Remembers the answer given to a request, so that repeating it counts once.
    func record(_ authorization: RecordedAuthorization, session: SessionID, requestID: String) throws(StoreError)
    /// Forgets answers given before a time, at most `limit` of them. Returns how many.
    func forgetAuthorizations(before time: WallTime, limit: Int) throws(StoreError) -> Int
    /// Removes sessions that ended or were revoked before a time, at most `limit` of them, and frees their agents' places.
    /// Returns how many.
    func removeSessions(endedBefore time: WallTime, limit: Int) throws(StoreError) -> Int
}

/// What memory keeps of a live session: enough to verify its token without the store.
public struct SessionTrace: Equatable, Sendable {
    /// The session.
    public let id: SessionID
    /// Whose it is.
    public let agentID: AgentID
    /// The hash of its token.
    public let tokenHash: Digest256
    /// The key that signed it.
    public let kid: KeyID
    /// When its token ends.
    public let expiresAt: WallTime
    /// The token before, while it works.
    public let tokenBefore: TokenBefore?

    /// A trace from its parts.
    public init(
        id: SessionID, agentID: AgentID, tokenHash: Digest256, kid: KeyID, expiresAt: WallTime, tokenBefore: TokenBefore?
    ) {
        self.id = id
        self.agentID = agentID
        self.tokenHash = tokenHash
        self.kid = kid
        self.expiresAt = expiresAt
        self.tokenBefore = tokenBefore
    }

    /// The trace of a session.
    public init(of session: Session) {
        self.init(
            id: session.id, agentID: session.agentID, tokenHash: session.token.hash, kid: session.token.kid,
            expiresAt: session.token.expiresAt, tokenBefore: session.tokenBefore)
    }
}

/// An answer of `authorize` that is kept for repetition.
public struct RecordedAuthorization: Equatable, Sendable {
    /// How long an answer is repeated.
    public static let remembered = Duration.seconds(600)

    /// The digest of what was asked: the same name for another question is no repetition.
    public let question: Digest256
    /// The constraint that failed; nil if the request was allowed.
    public let deniedBy: ConstraintName?
    /// When the answer was given.
    public let at: WallTime

    /// An answer.
    public init(question: Digest256, deniedBy: ConstraintName?, at: WallTime) {
        self.question = question
        self.deniedBy = deniedBy
        self.at = at
    }
}
