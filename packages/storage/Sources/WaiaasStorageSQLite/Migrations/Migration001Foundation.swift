extension Migration {
    /// Agents, sessions, the audit chain, single values, lock-outs.
    ///
    /// Times are milliseconds since the epoch; "none" is NULL, never 0. `sessions.holds_place` is 1 while a session takes one of its
    /// agent's places, and the triggers keep `agents.live_sessions` equal to the number of such rows, so the two cannot drift apart.
    static let foundation = Migration(
        number: 1, name: "foundation",
        sql: """
            CREATE TABLE system_state (
                key TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE agents (
                id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
                name TEXT NOT NULL UNIQUE,
                suspended_at INTEGER,
                suspension_reason TEXT CHECK (suspension_reason IS NULL OR suspended_at IS NOT NULL),
                live_sessions INTEGER NOT NULL DEFAULT 0 CHECK (live_sessions >= 0),
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE sessions (
                id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
                agent_id BLOB NOT NULL REFERENCES agents (id),
                token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
                kid TEXT NOT NULL,
                jti BLOB NOT NULL CHECK (length(jti) = 16),
                issued_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                hash_before BLOB CHECK (length(hash_before) = 32),
                hash_before_works_until INTEGER,
                time_to_live INTEGER NOT NULL CHECK (time_to_live >= 0),
                constraints TEXT,
                usage_count INTEGER NOT NULL CHECK (usage_count >= 0),
                usage_amount TEXT NOT NULL,
                usage_last_at INTEGER,
                revoked_at INTEGER,
                renewal_count INTEGER NOT NULL CHECK (renewal_count >= 0),
                max_renewals INTEGER NOT NULL CHECK (max_renewals >= 0),
                absolute_expires_at INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                holds_place INTEGER NOT NULL CHECK (holds_place IN (0, 1)),
                CHECK ((hash_before IS NULL) = (hash_before_works_until IS NULL)),
                CHECK (holds_place = 0 OR revoked_at IS NULL)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX sessions_by_agent ON sessions (agent_id);
            CREATE INDEX sessions_by_place ON sessions (agent_id, expires_at) WHERE holds_place = 1;
            CREATE INDEX sessions_by_end ON sessions (min(expires_at, ifnull(revoked_at, expires_at)));
            CREATE TRIGGER sessions_take_place AFTER INSERT ON sessions WHEN new.holds_place = 1 BEGIN
                UPDATE agents SET live_sessions = live_sessions + 1 WHERE id = new.agent_id;
            END;
            CREATE TRIGGER sessions_leave_place AFTER UPDATE OF holds_place ON sessions
            WHEN old.holds_place = 1 AND new.holds_place = 0 BEGIN
                UPDATE agents SET live_sessions = live_sessions - 1 WHERE id = new.agent_id;
            END;
            CREATE TRIGGER sessions_removed_from_place AFTER DELETE ON sessions WHEN old.holds_place = 1 BEGIN
                UPDATE agents SET live_sessions = live_sessions - 1 WHERE id = old.agent_id;
            END;

            CREATE TABLE authorizations (
                session_id BLOB NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                request_id TEXT NOT NULL,
                question BLOB NOT NULL CHECK (length(question) = 32),
                denied_by TEXT,
                at INTEGER NOT NULL,
                PRIMARY KEY (session_id, request_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX authorizations_by_time ON authorizations (at);

            CREATE TABLE audit_log (
                sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
                time INTEGER NOT NULL,
                event TEXT NOT NULL,
                actor TEXT NOT NULL,
                agent_id BLOB CHECK (length(agent_id) = 16),
                session_id BLOB CHECK (length(session_id) = 16),
                request_id TEXT,
                details TEXT NOT NULL,
                previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
                mac BLOB NOT NULL CHECK (length(mac) = 32),
                hash BLOB NOT NULL CHECK (length(hash) = 32)
            ) STRICT;
            CREATE TRIGGER audit_log_is_never_changed BEFORE UPDATE ON audit_log BEGIN
                SELECT raise(ABORT, 'audit_log is append-only');
            END;
            CREATE TRIGGER audit_log_is_never_removed BEFORE DELETE ON audit_log BEGIN
                SELECT raise(ABORT, 'audit_log is append-only');
            END;

            CREATE TABLE audit_checkpoints (
                sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
                hash BLOB NOT NULL CHECK (length(hash) = 32),
                time INTEGER NOT NULL,
                kid TEXT NOT NULL,
                signature BLOB NOT NULL CHECK (length(signature) = 64)
            ) STRICT;
            CREATE TRIGGER audit_checkpoints_are_never_changed BEFORE UPDATE ON audit_checkpoints BEGIN
                SELECT raise(ABORT, 'audit_checkpoints is append-only');
            END;
            CREATE TRIGGER audit_checkpoints_are_never_removed BEFORE DELETE ON audit_checkpoints BEGIN
                SELECT raise(ABORT, 'audit_checkpoints is append-only');
            END;

            CREATE TABLE audit_keys (
                position INTEGER PRIMARY KEY,
                kid TEXT NOT NULL UNIQUE,
                public_key BLOB NOT NULL CHECK (length(public_key) = 32),
                created_at INTEGER NOT NULL,
                voucher_kid TEXT,
                voucher_signature BLOB CHECK (length(voucher_signature) = 64),
                CHECK ((voucher_kid IS NULL) = (voucher_signature IS NULL))
            ) STRICT;
            CREATE TRIGGER audit_keys_are_never_changed BEFORE UPDATE ON audit_keys BEGIN
                SELECT raise(ABORT, 'audit_keys is append-only');
            END;
            CREATE TRIGGER audit_keys_are_never_removed BEFORE DELETE ON audit_keys BEGIN
                SELECT raise(ABORT, 'audit_keys is append-only');
            END;

            CREATE TABLE lockouts (
                address TEXT NOT NULL PRIMARY KEY,
                failures INTEGER NOT NULL CHECK (failures > 0),
                locked_until INTEGER
            ) STRICT, WITHOUT ROWID;
            """)
}
