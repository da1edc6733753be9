import CSQLite

/// The library behind this module.
public enum SQLiteLibrary {
    /// The version that is in use, as it reports itself.
    public static var version: String { String(cString: sqlite3_libversion()) }
}
