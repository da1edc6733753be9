/// What can go wrong with the store. No case carries a stored value, so each may be logged.
public enum StoreError: Error, Equatable, Sendable {
    /// There is no database at this path, and it was not asked to be made.
    case missing(path: String)
    /// More requests wait than the queue holds.
    case queueFull(limit: Int)
    /// The disk is full: nothing was written; reading goes on.
    case diskFull
    /// The store could not read or write; the text says what it was doing and what the system said.
    case unavailable(String)
    /// After a failed commit nobody can say what is on the disk, so the daemon stops writing until it is started again.
    case writingStopped(String)
    /// Another process changed the database under us.
    case foreignWriter
    /// The change would break a rule that the store itself keeps; the text names the rule. A defect of the caller.
    case ruleBroken(String)
    /// The file is no database of ours, or a part of its structure is broken; the text says what was found.
    case damagedFile(String)
    /// A stored value has an impossible shape: table, column, and what is wrong.
    case damaged(table: String, column: String, reason: String)
    /// The database was made by a later release.
    case newerSchema(found: Int, known: Int)
    /// The log that this store shares with others cannot be reached: nothing was written, or nobody can say; reading goes on, and
    /// writing as soon as it answers. The text says what was tried.
    case sharedStateUnreachable(String)
    /// Others change what this change is made of faster than it can be made; nothing was written.
    case overtaken
    /// The store is one of several that share a log, and is open without it: it is only read.
    case shared
    /// The store is closed.
    case closed
}
