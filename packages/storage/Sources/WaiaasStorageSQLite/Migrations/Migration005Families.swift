extension Migration {
    /// An exchange writes two rows: its family's, which is all that changes, and behind all others the new token's, which never does.
    ///
    /// A family knows its newest token and that one's parent, for whose holder it keeps it sealed; where the newest is not known, none can
    /// be exchanged. Indexes that every exchange had to move go, for questions that are asked once an hour or when a key changes: all
    /// families are looked through instead. Tokens are not bound to their family: to remove them with it they would have to be found by it.
    static let families = Migration(
        number: 5, name: "families",
        sql: """
            DROP INDEX refresh_families_by_key;
            DROP INDEX refresh_families_by_end;
            ALTER TABLE refresh_families ADD COLUMN newest BLOB NOT NULL DEFAULT x'00000000000000000000000000000000'
                CHECK (length(newest) = 16);
            ALTER TABLE refresh_families ADD COLUMN parent BLOB CHECK (length(parent) = 16);
            ALTER TABLE refresh_families ADD COLUMN sealed_successor BLOB CHECK (sealed_successor IS NULL OR revoked_at IS NULL);
            UPDATE refresh_families SET
                newest = ifnull((
                    SELECT id FROM refresh_tokens
                    WHERE family = refresh_families.id AND generation = refresh_families.generation AND used_at IS NULL), newest),
                parent = (
                    SELECT id FROM refresh_tokens WHERE family = refresh_families.id AND generation = refresh_families.generation - 1),
                sealed_successor = iif(revoked_at IS NULL, (
                    SELECT sealed_successor FROM refresh_tokens
                    WHERE family = refresh_families.id AND generation = refresh_families.generation - 1), NULL);
            CREATE INDEX refresh_families_with_successor ON refresh_families (last_used_at) WHERE sealed_successor IS NOT NULL;

            DROP INDEX refresh_tokens_with_successor;
            ALTER TABLE refresh_tokens RENAME TO refresh_tokens_before;
            CREATE TABLE refresh_tokens (
                id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
                family BLOB NOT NULL CHECK (length(family) = 16),
                generation INTEGER NOT NULL CHECK (generation > 0),
                token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            INSERT INTO refresh_tokens (id, family, generation, token_hash, created_at, expires_at)
                SELECT id, family, generation, token_hash, created_at, expires_at FROM refresh_tokens_before ORDER BY id;
            DROP TABLE refresh_tokens_before;
            """)
}
