import WaiaasCore

extension Transaction {
    func user(_ id: UserID) throws(StoreError) -> User? {
        var user: User?
        try connection.forEach(
            of: "users", "SELECT id, password_hash, disabled_at, tokens_not_before, created_at, updated_at FROM users WHERE id = ?", id
        ) { (row: inout Row) throws(StoreError) in user = try User(reading: &row) }
        return user
    }

    func users(after: UserID?, limit: Int) throws(StoreError) -> [User] {
        var users: [User] = []
        try connection.forEach(
            of: "users",
            """
            SELECT id, password_hash, disabled_at, tokens_not_before, created_at, updated_at FROM users
            WHERE id > ? ORDER BY id LIMIT ?
            """, after?.text ?? "", max(0, limit)
        ) { (row: inout Row) throws(StoreError) in users.append(try User(reading: &row)) }
        return users
    }

    func userRestrictions(since: WallTime) throws(StoreError) -> [UserID: UserRestriction] {
        var restrictions: [UserID: UserRestriction] = [:]
        try connection.forEach(of: "users", "SELECT id, tokens_not_before FROM users WHERE tokens_not_before >= ?", since) {
            (row: inout Row) throws(StoreError) in
            let id: UserID = try row.next()
            restrictions[id] = .notBefore(try row.next())
        }
        try connection.forEach(of: "users", "SELECT id FROM users WHERE disabled_at IS NOT NULL") {
            (row: inout Row) throws(StoreError) in restrictions[try row.next()] = .disabled
        }
        return restrictions
    }

    func userCounts() throws(StoreError) -> UserCounts {
        var counts = UserCounts(active: 0, disabled: 0)
        try connection.forEach(of: "users", "SELECT count(*) - count(disabled_at), count(disabled_at) FROM users") {
            (row: inout Row) throws(StoreError) in counts = UserCounts(active: try row.next(), disabled: try row.next())
        }
        return counts
    }

    func insert(_ user: User) throws(StoreError) -> Bool {
        try connection.run(
            """
            INSERT INTO users (id, password_hash, disabled_at, tokens_not_before, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """, user.id, user.passwordHash, user.status.disabledAt, user.tokensNotBefore, user.createdAt, user.updatedAt) == 1
    }

    func update(_ user: User) throws(StoreError) {
        let changed = try connection.run(
            "UPDATE users SET password_hash = ?, disabled_at = ?, tokens_not_before = ?, updated_at = ? WHERE id = ?", user.passwordHash,
            user.status.disabledAt, user.tokensNotBefore, user.updatedAt, user.id)
        guard changed == 1 else { throw .ruleBroken("update a user: there is none with this id") }
    }
}

extension User {
    /// Reads the columns id, password_hash, disabled_at, tokens_not_before, created_at, updated_at.
    fileprivate init(reading row: inout Row) throws(StoreError) {
        let (id, hash): (UserID, String) = (try row.next(), try row.next())
        let disabledAt: WallTime? = try row.next()
        self.init(
            id: id, passwordHash: hash, status: disabledAt.map { .disabled(since: $0) } ?? .active, tokensNotBefore: try row.next(),
            createdAt: try row.next(), updatedAt: try row.next())
    }
}

extension UserStatus {
    fileprivate var disabledAt: WallTime? {
        switch self {
        case .active: nil
        case .disabled(let since): since
        }
    }
}
