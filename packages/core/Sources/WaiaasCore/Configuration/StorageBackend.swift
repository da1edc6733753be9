/// Where the truth is.
public enum StorageBackend: String, Sendable, CaseIterable {
    /// In the database of this data directory alone.
    case sqlite
    /// In the log that this daemon and others share through Redis.
    case redis
}
