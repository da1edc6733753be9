import WaiaasCore

extension Transaction {
    func insert(_ family: RefreshFamily, first token: RefreshToken) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO refresh_families (id, user_id, client_id, created_at, absolute_expires_at, expires_at, generation, last_used_at,
                access_kid, access_expires_at, revoked_at, revoked_reason, newest, parent, sealed_successor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, family.id, family.userID, family.clientID, family.createdAt, family.absoluteExpiresAt,
            min(token.expiresAt, family.absoluteExpiresAt), family.generation, family.lastUsedAt, family.accessKid,
            family.accessExpiresAt, family.revocation?.at, family.revocation?.reason, family.newest, family.parent,
            family.sealedSuccessor)
        try insert(token)
    }

    func exchange(for successor: RefreshToken, in family: RefreshFamily) throws(StoreError) -> Bool {
        // The family's row decides between two exchanges, and between an exchange and a revocation, that meet.
        let moved = try connection.run(
            """
            UPDATE refresh_families SET newest = ?, parent = ?, generation = ?, expires_at = ?, last_used_at = ?,
                sealed_successor = ?, access_kid = ?, access_expires_at = ?
            WHERE id = ? AND revoked_at IS NULL AND generation = ?
            """, successor.id, family.parent, successor.generation, min(successor.expiresAt, family.absoluteExpiresAt), family.lastUsedAt,
            family.sealedSuccessor, family.accessKid, family.accessExpiresAt, family.id, successor.generation - 1)
        guard moved == 1 else { return false }
        try insert(successor)
        return true
    }

    func noteAccess(of family: RefreshFamily) throws(StoreError) {
        let changed = try connection.run(
            "UPDATE refresh_families SET access_kid = ?, access_expires_at = ? WHERE id = ?", family.accessKid, family.accessExpiresAt,
            family.id)
        guard changed == 1 else { throw .ruleBroken("note an access token: there is no such family") }
    }

    func revokeFamily(_ id: FamilyID, _ revocation: RefreshFamily.Revocation) throws(StoreError) -> Bool {
        try connection.run(
            "UPDATE refresh_families SET revoked_at = ?, revoked_reason = ?, sealed_successor = NULL WHERE id = ? AND revoked_at IS NULL",
            revocation.at, revocation.reason, id) == 1
    }

    func revokeFamilies(of owner: FamilyOwner, _ revocation: RefreshFamily.Revocation) throws(StoreError) -> [FamilyID: WallTime] {
        var live: [FamilyID: WallTime] = [:]
        func note(_ row: inout Row) throws(StoreError) {
            let id: FamilyID = try row.next()
            live[id] = try row.next()
        }
        switch owner {
        case .user(let user), .userExcept(let user, _):
            try connection.forEach(
                of: "refresh_families", "SELECT id, access_expires_at FROM refresh_families WHERE user_id = ? AND revoked_at IS NULL",
                user, row: note)
        case .client(let client):
            try connection.forEach(
                of: "refresh_families", "SELECT id, access_expires_at FROM refresh_families WHERE client_id = ? AND revoked_at IS NULL",
                client, row: note)
        case .everybody:
            try connection.forEach(
                of: "refresh_families", "SELECT id, access_expires_at FROM refresh_families WHERE revoked_at IS NULL", row: note)
        }
        if case .userExcept(_, let kept) = owner { live[kept] = nil }
        for id in live.keys { _ = try revokeFamily(id, revocation) }
        return live
    }

    func forgetSuccessors(usedBefore time: WallTime, limit: Int) throws(StoreError) -> Int {
        try connection.run(
            """
            UPDATE refresh_families SET sealed_successor = NULL WHERE id IN (
                SELECT id FROM refresh_families WHERE sealed_successor IS NOT NULL AND last_used_at < ? ORDER BY last_used_at LIMIT ?)
            """, time, max(0, limit))
    }

    func removeFamilies(_ ids: [FamilyID], endedBefore time: WallTime) throws(StoreError) -> Int {
        var removed = 0
        for id in ids {
            removed += try connection.run(
                """
                DELETE FROM refresh_families
                WHERE id = ?1 AND min(expires_at, ifnull(revoked_at, expires_at)) < ?2 AND access_expires_at < ?2
                """, id, time)
        }
        return removed
    }

    func removeRefreshTokens(madeBefore time: WallTime, limit: Int) throws(StoreError) -> Int {
        try connection.run(
            """
            DELETE FROM refresh_tokens WHERE id IN (
                SELECT token.id FROM refresh_tokens AS token
                WHERE token.id < ? AND NOT EXISTS (SELECT 1 FROM refresh_families WHERE id = token.family) ORDER BY token.id LIMIT ?)
            """, Identifier<RefreshToken>(leastAt: time), max(0, limit))
    }

    private func insert(_ token: RefreshToken) throws(StoreError) {
        try connection.run(
            "INSERT INTO refresh_tokens (id, family, generation, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
            token.id, token.familyID, token.generation, token.hash, token.createdAt, token.expiresAt)
    }
}
