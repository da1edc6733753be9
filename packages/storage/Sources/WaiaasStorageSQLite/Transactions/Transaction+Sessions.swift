import WaiaasCore

extension Transaction {
    func insert(_ session: Session) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO sessions (id, agent_id, token_hash, kid, jti, issued_at, expires_at, hash_before, hash_before_works_until,
                time_to_live, constraints, usage_count, usage_amount, usage_last_at, revoked_at, renewal_count, max_renewals,
                absolute_expires_at, created_at, holds_place)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, session.id, session.agentID, session.token.hash, session.token.kid, session.token.jti, session.token.issuedAt,
            session.token.expiresAt, session.tokenBefore?.hash, session.tokenBefore?.worksUntil, session.timeToLive,
            session.constraints.stored, session.usage.transactions, session.usage.amount, session.usage.lastAt, session.revokedAt,
            session.renewalCount, session.maxRenewals, session.absoluteExpiresAt, session.createdAt, session.revokedAt == nil ? 1 : 0)
    }

    func renew(_ session: Session, presenting presented: Digest256) throws(StoreError) -> Bool {
        try connection.run(
            """
            UPDATE sessions SET token_hash = ?, kid = ?, jti = ?, issued_at = ?, expires_at = ?, hash_before = ?,
                hash_before_works_until = ?, renewal_count = ?
            WHERE id = ? AND token_hash = ? AND revoked_at IS NULL AND holds_place = 1
            """, session.token.hash, session.token.kid, session.token.jti, session.token.issuedAt, session.token.expiresAt,
            session.tokenBefore?.hash, session.tokenBefore?.worksUntil, session.renewalCount, session.id, presented) == 1
    }

    func revoke(_ id: SessionID, at now: WallTime) throws(StoreError) -> Bool {
        try connection.run("UPDATE sessions SET revoked_at = ?, holds_place = 0 WHERE id = ? AND revoked_at IS NULL", now, id) == 1
    }

    /// In batches of one transaction: SQLite keeps what a statement may have to take back in memory, and a million rows are too many.
    func revokeAll(of agent: AgentID?, at now: WallTime) throws(StoreError) -> Int {
        var count = 0
        var start: [UInt8] = []
        while true {
            let end = try endOfBatch(of: agent, after: start)
            count += try revokeAll(of: agent, after: start, through: end ?? Self.behindAll, at: now)
            guard let end else { return count }
            start = end
        }
    }

    private static let rowsOfABatch = 10_000
    private static let behindAll = [UInt8](repeating: 0xff, count: 17)

    private func revokeAll(of agent: AgentID?, after start: [UInt8], through end: [UInt8], at now: WallTime) throws(StoreError) -> Int {
        guard let agent else {
            return try connection.run(
                """
                UPDATE sessions SET revoked_at = ?1, holds_place = 0
                WHERE id > ?2 AND id <= ?3 AND revoked_at IS NULL AND expires_at > ?1
                """, now, start, end)
        }
        return try connection.run(
            """
            UPDATE sessions SET revoked_at = ?1, holds_place = 0
            WHERE agent_id = ?4 AND id > ?2 AND id <= ?3 AND revoked_at IS NULL AND expires_at > ?1
            """, now, start, end, agent)
    }

    /// The id that ends the next batch; nil if the rest is smaller than one.
    private func endOfBatch(of agent: AgentID?, after start: [UInt8]) throws(StoreError) -> [UInt8]? {
        var end: [UInt8]?
        func note(_ row: inout Row) throws(StoreError) { end = try row.bytes(count: 16) }
        if let agent {
            try connection.forEach(
                of: "sessions", "SELECT id FROM sessions WHERE agent_id = ?3 AND id > ?1 ORDER BY id LIMIT 1 OFFSET ?2", start,
                Self.rowsOfABatch - 1, agent, row: note)
        } else {
            try connection.forEach(
                of: "sessions", "SELECT id FROM sessions WHERE id > ?1 ORDER BY id LIMIT 1 OFFSET ?2", start, Self.rowsOfABatch - 1,
                row: note)
        }
        return end
    }

    func updateUsage(_ usage: SessionUsage, of id: SessionID) throws(StoreError) {
        let changed = try connection.run(
            "UPDATE sessions SET usage_count = ?, usage_amount = ?, usage_last_at = ? WHERE id = ?", usage.transactions, usage.amount,
            usage.lastAt, id)
        guard changed == 1 else { throw .ruleBroken("update a session's usage: there is none with this id") }
    }

    func removeSessions(endedBefore time: WallTime, limit: Int) throws(StoreError) -> Int {
        try connection.run(
            """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE min(expires_at, ifnull(revoked_at, expires_at)) < ?
                ORDER BY min(expires_at, ifnull(revoked_at, expires_at)) LIMIT ?)
            """, time, max(0, limit))
    }
}
