extension Migration {
    /// Users, refresh families with their tokens, OAuth clients.
    ///
    /// A family carries what its access tokens need to be refused and their keys to be kept: the key that signed the newest, and when the
    /// last of them ends.
    static let users = Migration(
        number: 2, name: "users",
        sql: """
            CREATE TABLE users (
                id TEXT NOT NULL PRIMARY KEY,
                password_hash TEXT NOT NULL,
                disabled_at INTEGER,
                tokens_not_before INTEGER,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX users_by_restriction ON users (tokens_not_before) WHERE tokens_not_before IS NOT NULL;
            CREATE INDEX users_by_status ON users (disabled_at) WHERE disabled_at IS NOT NULL;

            CREATE TABLE oauth_clients (
                id TEXT NOT NULL PRIMARY KEY,
                secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
                created_at INTEGER NOT NULL,
                rotated_at INTEGER
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE refresh_families (
                id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
                user_id TEXT NOT NULL REFERENCES users (id),
                client_id TEXT,
                created_at INTEGER NOT NULL,
                absolute_expires_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                generation INTEGER NOT NULL CHECK (generation > 0),
                last_used_at INTEGER NOT NULL,
                access_kid TEXT NOT NULL,
                access_expires_at INTEGER NOT NULL,
                revoked_at INTEGER,
                revoked_reason TEXT,
                CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX refresh_families_by_user ON refresh_families (user_id);
            CREATE INDEX refresh_families_by_client ON refresh_families (client_id) WHERE client_id IS NOT NULL;
            CREATE INDEX refresh_families_by_key ON refresh_families (access_kid, access_expires_at);
            CREATE INDEX refresh_families_revoked ON refresh_families (access_expires_at) WHERE revoked_at IS NOT NULL;
            CREATE INDEX refresh_families_by_end ON refresh_families (min(expires_at, ifnull(revoked_at, expires_at)));

            CREATE TABLE refresh_tokens (
                id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
                user_id TEXT NOT NULL REFERENCES users (id),
                family BLOB NOT NULL REFERENCES refresh_families (id) ON DELETE CASCADE,
                generation INTEGER NOT NULL CHECK (generation > 0),
                token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                used_at INTEGER,
                sealed_successor BLOB CHECK (sealed_successor IS NULL OR used_at IS NOT NULL),
                UNIQUE (family, generation)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX refresh_tokens_with_successor ON refresh_tokens (used_at) WHERE sealed_successor IS NOT NULL;
            """)
}
