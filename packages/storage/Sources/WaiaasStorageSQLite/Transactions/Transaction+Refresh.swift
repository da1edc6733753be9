import WaiaasCore

extension Transaction {
    func insert(_ family: RefreshFamily, first token: RefreshToken) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO refresh_families (id, user_id, client_id, created_at, absolute_expires_at, expires_at, generation, last_used_at,
                access_kid, access_expires_at, revoked_at, revoked_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, family.id, family.userID, family.clientID, family.createdAt, family.absoluteExpiresAt,
            min(token.expiresAt, family.absoluteExpiresAt), family.generation, family.lastUsedAt, family.accessKid,
            family.accessExpiresAt, family.revocation?.at, family.revocation?.reason)
        try insert(token, of: family.userID)
    }

    func exchange(_ parent: RefreshToken, for successor: RefreshToken, in family: RefreshFamily) throws(StoreError) -> Bool {
        // The family first: its row decides between a rotation and a revocation that meet.
        let moved = try connection.run(
            """
            UPDATE refresh_families SET generation = ?, expires_at = ?, last_used_at = ?, access_kid = ?, access_expires_at = ?
            WHERE id = ? AND revoked_at IS NULL AND generation = ?
            """, successor.generation, min(successor.expiresAt, family.absoluteExpiresAt), family.lastUsedAt, family.accessKid,
            family.accessExpiresAt, family.id, parent.generation)
        guard moved == 1 else { return false }
        let used = try connection.run(
            "UPDATE refresh_tokens SET used_at = ?, sealed_successor = ? WHERE id = ? AND used_at IS NULL", parent.usedAt,
            parent.sealedSuccessor, parent.id)
        guard used == 1 else { throw .ruleBroken("exchange a refresh token: it is used, and yet the newest of its family") }
        // What a retry of the parent's own parent could ask for is over now.
        try connection.run(
            "UPDATE refresh_tokens SET sealed_successor = NULL WHERE family = ? AND generation = ?", family.id, parent.generation - 1)
        try insert(successor, of: family.userID)
        return true
    }

    func noteAccess(of family: RefreshFamily) throws(StoreError) {
        let changed = try connection.run(
            "UPDATE refresh_families SET access_kid = ?, access_expires_at = ? WHERE id = ?", family.accessKid, family.accessExpiresAt,
            family.id)
        guard changed == 1 else { throw .ruleBroken("note an access token: there is no such family") }
    }

    func revokeFamily(_ id: FamilyID, _ revocation: RefreshFamily.Revocation) throws(StoreError) -> Bool {
        let revoked = try connection.run(
            "UPDATE refresh_families SET revoked_at = ?, revoked_reason = ? WHERE id = ? AND revoked_at IS NULL", revocation.at,
            revocation.reason, id)
        guard revoked == 1 else { return false }
        try connection.run("UPDATE refresh_tokens SET sealed_successor = NULL WHERE family = ? AND sealed_successor IS NOT NULL", id)
        return true
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
            UPDATE refresh_tokens SET sealed_successor = NULL WHERE id IN (
                SELECT id FROM refresh_tokens WHERE sealed_successor IS NOT NULL AND used_at < ? ORDER BY used_at LIMIT ?)
            """, time, max(0, limit))
    }

    func removeFamilies(endedBefore time: WallTime, limit: Int) throws(StoreError) -> Int {
        try connection.run(
            """
            DELETE FROM refresh_families WHERE id IN (
                SELECT id FROM refresh_families WHERE min(expires_at, ifnull(revoked_at, expires_at)) < ?1 AND access_expires_at < ?1
                ORDER BY min(expires_at, ifnull(revoked_at, expires_at)) LIMIT ?2)
            """, time, max(0, limit))
    }

    private func insert(_ token: RefreshToken, of user: UserID) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO refresh_tokens (id, user_id, family, generation, token_hash, created_at, expires_at, used_at, sealed_successor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, token.id, user, token.familyID, token.generation, token.hash, token.createdAt, token.expiresAt, token.usedAt,
            token.sealedSuccessor)
    }
}
