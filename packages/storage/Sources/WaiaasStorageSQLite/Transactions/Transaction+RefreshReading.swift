import WaiaasCore

extension Transaction {
    func refreshToken(_ hash: Digest256) throws(StoreError) -> (token: RefreshToken, family: RefreshFamily)? {
        var found: (RefreshToken, RefreshFamily)?
        try connection.forEach(
            of: "refresh_tokens and refresh_families",
            """
            SELECT token.id, family, token.generation, token_hash, token.created_at, token.expires_at,
                owner.id, user_id, client_id, owner.created_at, absolute_expires_at, owner.generation, last_used_at, access_kid,
                access_expires_at, revoked_at, revoked_reason, newest, parent, sealed_successor
            FROM refresh_tokens AS token JOIN refresh_families AS owner ON owner.id = family WHERE token_hash = ?
            """, hash
        ) { (row: inout Row) throws(StoreError) in
            let token = RefreshToken(
                id: try row.next(), familyID: try row.next(), generation: try row.next(), hash: try row.next(),
                createdAt: try row.next(), expiresAt: try row.next())
            found = (token, try RefreshFamily(reading: &row))
        }
        return found
    }

    func refreshFamily(_ id: FamilyID) throws(StoreError) -> RefreshFamily? {
        var family: RefreshFamily?
        try connection.forEach(
            of: "refresh_families",
            """
            SELECT id, user_id, client_id, created_at, absolute_expires_at, generation, last_used_at, access_kid, access_expires_at,
                revoked_at, revoked_reason, newest, parent, sealed_successor
            FROM refresh_families WHERE id = ?
            """, id
        ) { (row: inout Row) throws(StoreError) in family = try RefreshFamily(reading: &row) }
        return family
    }

    func liveFamilies(of user: UserID, at now: WallTime) throws(StoreError) -> [RefreshFamily] {
        var families: [RefreshFamily] = []
        try connection.forEach(
            of: "refresh_families",
            """
            SELECT id, user_id, client_id, created_at, absolute_expires_at, generation, last_used_at, access_kid, access_expires_at,
                revoked_at, revoked_reason, newest, parent, sealed_successor
            FROM refresh_families WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY id
            """, user, now
        ) { (row: inout Row) throws(StoreError) in families.append(try RefreshFamily(reading: &row)) }
        return families
    }

    func revokedFamilies(withAccessAfter now: WallTime) throws(StoreError) -> [FamilyID: WallTime] {
        var revoked: [FamilyID: WallTime] = [:]
        try connection.forEach(
            of: "refresh_families",
            "SELECT id, access_expires_at FROM refresh_families WHERE revoked_at IS NOT NULL AND access_expires_at > ?", now
        ) { (row: inout Row) throws(StoreError) in
            let id: FamilyID = try row.next()
            revoked[id] = try row.next()
        }
        return revoked
    }

    func families(endedBefore time: WallTime, after id: FamilyID?, limit: Int) throws(StoreError) -> [FamilyID] {
        var ended: [FamilyID] = []
        try connection.forEach(
            of: "refresh_families",
            """
            SELECT id FROM refresh_families
            WHERE id > ?1 AND min(expires_at, ifnull(revoked_at, expires_at)) < ?2 AND access_expires_at < ?2 ORDER BY id LIMIT ?3
            """, id ?? FamilyID(high: 0, low: 0), time, max(0, limit)
        ) { (row: inout Row) throws(StoreError) in ended.append(try row.next()) }
        return ended
    }

    func oldestFamilyCreation() throws(StoreError) -> WallTime? {
        var time: WallTime?
        try connection.forEach(of: "refresh_families", "SELECT created_at FROM refresh_families ORDER BY id LIMIT 1") {
            (row: inout Row) throws(StoreError) in time = try row.next()
        }
        return time
    }

    func latestAccessExpiry(signedBy kid: KeyID) throws(StoreError) -> WallTime? {
        var latest: WallTime?
        try connection.forEach(
            of: "refresh_families", "SELECT max(access_expires_at) FROM refresh_families WHERE access_kid = ?", kid
        ) { (row: inout Row) throws(StoreError) in latest = try row.next() }
        return latest
    }

    func familyCounts(at now: WallTime) throws(StoreError) -> FamilyCounts {
        let all = try connection.number(of: "SELECT count(*) FROM refresh_families")
        let live = try connection.number(
            of: "SELECT count(*) FROM refresh_families WHERE revoked_at IS NULL AND expires_at > ?", now)
        return FamilyCounts(live: Int(live), ended: Int(all - live))
    }
}

extension RefreshFamily {
    /// Reads the columns id, user_id, client_id, created_at, absolute_expires_at, generation, last_used_at, access_kid,
    /// access_expires_at, revoked_at, revoked_reason, newest, parent, sealed_successor.
    fileprivate init(reading row: inout Row) throws(StoreError) {
        let (id, user): (FamilyID, UserID) = (try row.next(), try row.next())
        let client: OAuthClient.ID? = try row.next()
        let (createdAt, absoluteEnd): (WallTime, WallTime) = (try row.next(), try row.next())
        let (generation, lastUsedAt): (Int, WallTime) = (try row.next(), try row.next())
        let (kid, accessEnd): (KeyID, WallTime) = (try row.next(), try row.next())
        let revokedAt: WallTime? = try row.next()
        let reason: RevocationReason? = try row.next()
        let newest: Identifier<RefreshToken> = try row.next()
        let parent: Identifier<RefreshToken>? = try row.next()
        let sealed: [UInt8]? = try row.next()
        if (revokedAt == nil) != (reason == nil) { throw row.damaged("a revocation without its time or its reason") }
        var revocation: Revocation?
        if let revokedAt, let reason { revocation = Revocation(at: revokedAt, reason: reason) }
        self.init(
            id: id, userID: user, clientID: client, createdAt: createdAt, absoluteExpiresAt: absoluteEnd, newest: newest,
            parent: parent, generation: generation, lastUsedAt: lastUsedAt, sealedSuccessor: sealed, accessKid: kid,
            accessExpiresAt: accessEnd, revocation: revocation)
    }
}
