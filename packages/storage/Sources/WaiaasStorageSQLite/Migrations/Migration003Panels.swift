extension Migration {
    /// User sessions and public sessions, which the code calls panels: two tables, so that the two kinds cannot meet.
    static let panels = Migration(
        number: 3, name: "panels",
        sql: """
            CREATE TABLE user_sessions (
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                id TEXT NOT NULL,
                life BLOB NOT NULL CHECK (length(life) = 16),
                template TEXT NOT NULL,
                arguments TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                PRIMARY KEY (user_id, id)
            ) STRICT;

            CREATE TABLE public_sessions (
                id TEXT NOT NULL PRIMARY KEY,
                life BLOB NOT NULL CHECK (length(life) = 16),
                template TEXT NOT NULL,
                arguments TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT;
            """)
}
