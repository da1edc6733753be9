import WaiaasCore

extension Transaction {
    func session(_ id: SessionID) throws(StoreError) -> Session? {
        var session: Session?
        try connection.forEach(
            of: "sessions",
            """
            SELECT id, agent_id, token_hash, kid, jti, issued_at, expires_at, hash_before, hash_before_works_until, time_to_live,
                constraints, usage_count, usage_amount, usage_last_at, revoked_at, renewal_count, max_renewals, absolute_expires_at,
                created_at
            FROM sessions WHERE id = ?
            """, id
        ) { (row: inout Row) throws(StoreError) in session = try Session(reading: &row) }
        return session
    }

    func sessions(_ page: PageRequest<Session>, agent: AgentID?, liveAt: WallTime?) throws(StoreError) -> [Session] {
        let sql = Self.pageQuery(ofOneAgent: agent != nil, page.order)
        var sessions: [Session] = []
        try connection.forEach(of: "sessions", sql, page.bound, max(0, page.limit), liveAt, agent) {
            (row: inout Row) throws(StoreError) in sessions.append(try Session(reading: &row))
        }
        return sessions
    }

    /// One query for each index that can serve the page: an `OR` over the agent would leave SQLite without one.
    private static func pageQuery(ofOneAgent: Bool, _ order: PageRequest<Session>.Order) -> StaticString {
        switch (ofOneAgent, order) {
        case (false, .ascending):
            """
            SELECT id, agent_id, token_hash, kid, jti, issued_at, expires_at, hash_before, hash_before_works_until, time_to_live,
                constraints, usage_count, usage_amount, usage_last_at, revoked_at, renewal_count, max_renewals, absolute_expires_at,
                created_at
            FROM sessions WHERE id > ?1 AND (?3 IS NULL OR (revoked_at IS NULL AND expires_at > ?3)) AND ?4 IS NULL
            ORDER BY id LIMIT ?2
            """
        case (false, .descending):
            """
            SELECT id, agent_id, token_hash, kid, jti, issued_at, expires_at, hash_before, hash_before_works_until, time_to_live,
                constraints, usage_count, usage_amount, usage_last_at, revoked_at, renewal_count, max_renewals, absolute_expires_at,
                created_at
            FROM sessions WHERE id < ?1 AND (?3 IS NULL OR (revoked_at IS NULL AND expires_at > ?3)) AND ?4 IS NULL
            ORDER BY id DESC LIMIT ?2
            """
        case (true, .ascending):
            """
            SELECT id, agent_id, token_hash, kid, jti, issued_at, expires_at, hash_before, hash_before_works_until, time_to_live,
                constraints, usage_count, usage_amount, usage_last_at, revoked_at, renewal_count, max_renewals, absolute_expires_at,
                created_at
            FROM sessions WHERE id > ?1 AND (?3 IS NULL OR (revoked_at IS NULL AND expires_at > ?3)) AND agent_id = ?4
            ORDER BY id LIMIT ?2
            """
        case (true, .descending):
            """
            SELECT id, agent_id, token_hash, kid, jti, issued_at, expires_at, hash_before, hash_before_works_until, time_to_live,
                constraints, usage_count, usage_amount, usage_last_at, revoked_at, renewal_count, max_renewals, absolute_expires_at,
                created_at
            FROM sessions WHERE id < ?1 AND (?3 IS NULL OR (revoked_at IS NULL AND expires_at > ?3)) AND agent_id = ?4
            ORDER BY id DESC LIMIT ?2
            """
        }
    }

    func forEachLiveSession(at now: WallTime, _ body: (SessionTrace) -> Void) throws(StoreError) {
        var lastKid: KeyID?
        try connection.forEach(
            of: "sessions",
            """
            SELECT id, agent_id, token_hash, kid, expires_at, hash_before, hash_before_works_until FROM sessions
            WHERE revoked_at IS NULL AND expires_at > ? ORDER BY id
            """, now
        ) { (row: inout Row) throws(StoreError) in
            body(
                SessionTrace(
                    id: try row.next(), agentID: try row.next(), tokenHash: try row.next(), kid: try row.next(orStill: &lastKid),
                    expiresAt: try row.next(), tokenBefore: try TokenBefore.reading(&row)))
        }
    }
}

extension Session {
    /// Reads all columns of the table in their order, but for `holds_place`.
    fileprivate init(reading row: inout Row) throws(StoreError) {
        self.init(
            id: try row.next(), agentID: try row.next(),
            token: IssuedToken(
                hash: try row.next(), kid: try row.next(), jti: try row.next(), issuedAt: try row.next(), expiresAt: try row.next()),
            tokenBefore: try TokenBefore.reading(&row), timeToLive: try row.next(), constraints: try SessionConstraints(reading: &row),
            usage: SessionUsage(transactions: try row.count(), amount: try row.next(), lastAt: try row.next()),
            revokedAt: try row.next(), renewalCount: try row.next(), maxRenewals: try row.next(), absoluteExpiresAt: try row.next(),
            createdAt: try row.next())
    }
}

extension TokenBefore {
    /// Reads the columns hash_before and hash_before_works_until: both or none.
    fileprivate static func reading(_ row: inout Row) throws(StoreError) -> TokenBefore? {
        let hash: Digest256? = try row.next()
        let worksUntil: WallTime? = try row.next()
        switch (hash, worksUntil) {
        case (nil, nil): return nil
        case (let hash?, let worksUntil?): return TokenBefore(hash: hash, worksUntil: worksUntil)
        case (nil, _?), (_?, nil): throw row.damaged("a hash without its time, or a time without its hash")
        }
    }
}
