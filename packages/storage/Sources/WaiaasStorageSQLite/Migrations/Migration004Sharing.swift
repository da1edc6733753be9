extension Migration {
    /// The store's account of the log that it shares with others; empty for a store that stands alone.
    static let sharing = Migration(
        number: 4, name: "sharing",
        sql: """
            CREATE TABLE shared_log (
                sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
                digest BLOB NOT NULL CHECK (length(digest) = 32),
                entry BLOB NOT NULL
            ) STRICT;
            """)
}
