/// The port to the log that several stores share: what each of them commits is entered here first, in one order for all (design 2.11).
///
/// It moves bytes and compares its end before it swaps it; what the bytes are worth is decided by ``LogSealing``, for whoever can write
/// to the log need not be one of ours. All calls are bounded in time and block the calling thread: the store's one writer makes them.
public protocol SharedLog: Sendable {
    /// What follows a place.
    ///
    /// - Parameters:
    ///   - sequence: the number of the entry before the first that is wanted.
    ///   - limit: how many at most.
    func page(after sequence: Int64, limit: Int) throws(StoreError) -> LogPage

    /// Enters entries, if the log still ends where it did.
    ///
    /// - Parameters:
    ///   - entries: numbered one after the other; an entry that has the number of one is replaced.
    ///   - found: the end as ``page(after:limit:)`` or an own entry before left it; nil for a log that holds nothing.
    ///   - end: the new end.
    /// - Returns: false, and nothing is changed, if the end is another one by now.
    /// - Throws: ``StoreError/sharedStateUnreachable(_:)``; then nobody can say whether they were entered.
    func enter(_ entries: [NumberedEntry], ifEndIs found: String?, end: LogHead) throws(StoreError) -> Bool
}

/// A part of the shared log, as it was found.
public struct LogPage: Sendable {
    /// The end as it stands there; nil if the log holds nothing. Not to be trusted: see ``LogHead/init(text:)``.
    public let end: String?
    /// The entries that follow the place, one number after the other up to the first that is missing.
    public let entries: [[UInt8]]

    /// A page from its parts.
    public init(end: String?, entries: [[UInt8]]) {
        self.end = end
        self.entries = entries
    }
}

/// An entry with its number.
public struct NumberedEntry: Equatable, Sendable {
    /// Its number.
    public let sequence: Int64
    /// What is kept in the log.
    public let bytes: [UInt8]

    /// An entry from its parts.
    public init(sequence: Int64, bytes: [UInt8]) {
        self.sequence = sequence
        self.bytes = bytes
    }
}

/// Makes entries of changes, and changes of entries: nobody without the key can read one, make one, or put one in another place.
public protocol LogSealing: Sendable {
    /// Seals changes as the entry behind a place.
    ///
    /// - Returns: what is kept in the log, and the place after it.
    func seal(_ changes: [UInt8], behind head: LogHead) throws(StoreError) -> (entry: [UInt8], head: LogHead)

    /// Opens the entry behind a place; nil if it is none of ours, or belongs in another place.
    func open(_ entry: [UInt8], behind head: LogHead) -> (changes: [UInt8], head: LogHead)?

    /// Whether an entry of this number was made by one of ours, whatever it follows.
    func isOurs(_ entry: [UInt8], numbered sequence: Int64) -> Bool
}
