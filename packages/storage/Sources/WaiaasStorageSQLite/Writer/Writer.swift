import Synchronization
import WaiaasCore

/// The one owner of the connection that writes: a thread that commits what waits for it in groups.
final class Writer: Sendable {
    /// How many requests may wait.
    static let queueLimit = 1_024

    private let inbox: Inbox<WriteRequest>
    private let thread: SystemThread
    private let shared: Shared

    /// What the thread tells the others.
    final class Shared: Sendable {
        /// Why nothing is written any more.
        let fault = Mutex<StoreError?>(nil)
        /// What closing came to, once the thread has ended.
        let closingFault = Mutex<StoreError?>(nil)
        /// How long each group took that became durable.
        let commits = LatencyHistogram()
        /// Groups that did not.
        let failedCommits = Counter()
    }

    /// Starts the thread, which from then on owns the connection.
    init(owning connection: Connection) throws(StoreError) {
        let inbox = Inbox<WriteRequest>(limit: Self.queueLimit)
        let shared = Shared()
        let version = try connection.dataVersion()
        let thread = SystemThread.start {
            let loop = CommitLoop(connection: connection, version: version, shared: shared)
            while let batch = inbox.takeAll() { loop.commit(batch) }
            loop.finish()
        }
        guard let thread else { throw .unavailable("start the writer: the system has no thread left") }
        self.thread = thread
        self.inbox = inbox
        self.shared = shared
    }

    deinit { inbox.close() }

    /// Why nothing is written any more; nil while writing goes on.
    var fault: StoreError? { shared.fault.withLock { $0 } }

    /// How many requests wait.
    var waiting: Int { inbox.count }

    /// How long each group took that became durable.
    var commits: HistogramSnapshot { shared.commits.snapshot }

    /// How many groups did not become durable.
    var failedCommits: UInt64 { shared.failedCommits.value }

    /// Queues a request.
    func send(_ request: WriteRequest) throws(StoreError) {
        try inbox.send(request)
    }

    /// Commits what waits, folds the log into the database and waits for the thread's end.
    func close() throws(StoreError) {
        inbox.close()
        thread.join()
        if let fault = shared.closingFault.withLock({ $0 }) { throw fault }
    }
}
