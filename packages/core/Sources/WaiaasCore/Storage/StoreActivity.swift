/// What a store has done since it was opened, and what waits for it.
public struct StoreActivity: Equatable, Sendable {
    /// Changes that wait to be written.
    public let changesWaiting: Int
    /// Queries that wait for a reader.
    public let queriesWaiting: Int
    /// How long each durable commit took, from the begin of its transaction to the end of its sync.
    public let commits: HistogramSnapshot
    /// Transactions that could not be committed.
    public let failedCommits: UInt64

    /// An activity from its parts.
    public init(changesWaiting: Int, queriesWaiting: Int, commits: HistogramSnapshot, failedCommits: UInt64) {
        self.changesWaiting = changesWaiting
        self.queriesWaiting = queriesWaiting
        self.commits = commits
        self.failedCommits = failedCommits
    }
}
