import Synchronization
import WaiaasCore

/// What the writer's thread does with each batch; it lives on that thread alone.
final class CommitLoop {
    /// After how many written pages the log is folded into the database: 64 MiB. Everybody waits meanwhile, and pages that were written
    /// again and again are copied once, so seldom is better; a start after a crash reads as much.
    static let pagesBetweenCheckpoints = 16_384

    let connection: Connection
    private let version: Int64
    let shared: Writer.Shared
    let chain = ChainEnd()
    /// Keeps the store and the log together that it shares; nil while it is not followed.
    var follower: LogFollower?
    private var pagesSinceCheckpoint = 0

    /// - Parameter version: what ``Connection/dataVersion()`` said when the store was opened.
    init(connection: Connection, version: Int64, shared: Writer.Shared) {
        self.connection = connection
        self.version = version
        self.shared = shared
    }

    /// Does a batch of tasks in their order, changes in as few groups as that allows: a request that wants to be alone ends the group
    /// before it.
    func take(_ batch: [WriterTask]) {
        var group: [WriteRequest] = []
        for task in batch {
            if case .change(let request) = task {
                if request.isAlone || group.last?.isAlone == true { commitAll(&group) }
                group.append(request)
            } else {
                commitAll(&group)
                attend(to: task)
            }
        }
        commitAll(&group)
        checkpointIfDue()
    }

    private func commitAll(_ group: inout [WriteRequest]) {
        if !group.isEmpty { commit(group: group[...]) }
        group = []
    }

    /// Folds the log into the database, unless nobody can say what is on the disk.
    func finish() {
        guard shared.fault.withLock({ $0 }) == nil else { return }
        do throws(StoreError) {
            try connection.checkpoint(truncating: true)
        } catch {
            shared.closingFault.withLock { $0 = error }
        }
    }

    /// One transaction, one sync; then memory; then the answers.
    private func commit(group: ArraySlice<WriteRequest>) {
        let headBefore = chain.head
        let begun = shared.commits.begin()
        let results: [Result<WriteRequest.Completion, any Error>]
        do throws(StoreError) {
            if let fault = shared.fault.withLock({ $0 }) { throw fault }
            results = try shares ? runShared(group, begunAt: begun) : runAlone(group, begunAt: begun)
        } catch {
            rollBack()
            chain.head = shares ? nil : headBefore
            shared.failedCommits.add()
            for request in group { request.fail(error) }
            return
        }
        for case .success(let completion) in results { completion.committed() }
        for (request, result) in zip(group, results) {
            switch result {
            case .success(let completion): completion.answer()
            case .failure(let error): request.fail(error)
            }
        }
    }

    /// A savepoint costs a copy of every page that is written after it, and nearly every change that is refused is refused before it
    /// writes. So there are none at first; when a change has written and throws, the group is run again with a savepoint for each.
    private func runAlone(
        _ group: ArraySlice<WriteRequest>, begunAt begun: Stopwatch.Reading
    ) throws(StoreError) -> [Result<WriteRequest.Completion, any Error>] {
        let headBefore = chain.head
        try begin()
        if let results = try runUnprotected(group) {
            try end(keeping: results, begunAt: begun)
            return results
        }
        rollBack()
        chain.head = headBefore
        try begin()
        let results = try run(group)
        try end(keeping: results, begunAt: begun)
        return results
    }

    /// Takes the write lock first: then no other process can write between the comparison and the commit.
    func begin() throws(StoreError) {
        try connection.run("BEGIN IMMEDIATE")
        guard try connection.dataVersion() == version else {
            shared.fault.withLock { $0 = .foreignWriter }
            throw .foreignWriter
        }
    }

    /// Commits, or rolls back if no request of the group succeeded.
    func end(
        keeping results: [Result<WriteRequest.Completion, any Error>], begunAt begun: Stopwatch.Reading
    ) throws(StoreError) {
        guard results.contains(where: { if case .success = $0 { true } else { false } }) else {
            rollBack()
            return
        }
        do throws(StoreError) {
            try connection.run("COMMIT")
            shared.commits.end(begun)
        } catch {
            // Refused before anything could be synced: the next group may try again.
            if error == .diskFull { throw error }
            let fault = StoreError.writingStopped("\(error)")
            shared.fault.withLock { $0 = fault }
            throw fault
        }
    }

    func rollBack() {
        guard !connection.isIdle else { return }
        do throws(StoreError) {
            try connection.run("ROLLBACK")
        } catch {
            shared.fault.withLock { $0 = .writingStopped("\(error)") }
        }
    }

    /// Runs after the answers, so that nobody waits for it but those who come next. A full disk leaves the log longer, no more.
    private func checkpointIfDue() {
        pagesSinceCheckpoint += connection.takePagesWritten()
        guard pagesSinceCheckpoint >= Self.pagesBetweenCheckpoints else { return }
        pagesSinceCheckpoint = 0
        do throws(StoreError) {
            try connection.checkpoint(truncating: false)
        } catch {
            if error != .diskFull { shared.fault.withLock { $0 = .writingStopped("\(error)") } }
        }
    }
}
