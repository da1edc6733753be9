/// What can go wrong with the store. No case carries a stored value, so each may be logged.
public enum StoreError: Error, Equatable, Sendable {
    /// More requests wait for the writer than its queue holds.
    case queueFull(limit: Int)
    /// The disk is full: nothing was written; reading goes on.
    case diskFull
    /// The store could not read or write; the text says what it was doing and what the system said.
    case unavailable(String)
    /// After a failed commit nobody can say what is on the disk, so the daemon stops writing until it is started again.
    case writingStopped(String)
    /// Another process changed the database under us.
    case foreignWriter
    /// A stored value has an impossible shape: table, column, and what is wrong.
    case damaged(table: String, column: String, reason: String)
    /// The database was made by a later release.
    case newerSchema(found: Int, known: Int)
    /// The store is closed.
    case closed
}
