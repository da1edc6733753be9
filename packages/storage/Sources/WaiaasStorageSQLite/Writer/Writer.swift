import Synchronization
import WaiaasCore

/// The one owner of the connection that writes: a thread that commits what waits for it in groups.
final class Writer: Sendable {
    /// How many requests may wait.
    static let queueLimit = 1_024

    private let inbox: Inbox<WriterTask>
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
        /// Why the shared log cannot be used now; nil while it can, and for a store that stands alone.
        let outage = Mutex<StoreError?>(nil)
        /// Where the store stands in the shared log; nil for a store that stands alone.
        let position = Mutex<LogHead?>(nil)
        /// Whether a catching-up waits already: one is enough.
        let catchUpWaits = Atomic(false)
    }

    /// Starts the thread, which from then on owns the connection.
    init(owning connection: Connection) throws(StoreError) {
        let inbox = Inbox<WriterTask>(limit: Self.queueLimit)
        let shared = Shared()
        let version = try connection.dataVersion()
        let position = try SharedJournal(connection: connection).position()
        shared.position.withLock { $0 = position }
        let thread = SystemThread.start {
            let loop = CommitLoop(connection: connection, version: version, shared: shared)
            while let batch = inbox.takeAll() { loop.take(batch) }
            loop.finish()
        }
        guard let thread else { throw .unavailable("start the writer: the system has no thread left") }
        self.thread = thread
        self.inbox = inbox
        self.shared = shared
    }

    deinit { inbox.close() }

    /// Why nothing is written any more, or not now; nil while writing goes on.
    var fault: StoreError? { shared.fault.withLock { $0 } ?? shared.outage.withLock { $0 } }

    /// Where the store stands in the shared log; nil for a store that stands alone.
    var position: LogHead? { shared.position.withLock { $0 } }

    /// How many requests wait.
    var waiting: Int { inbox.count }

    /// How long each group took that became durable.
    var commits: HistogramSnapshot { shared.commits.snapshot }

    /// How many groups did not become durable.
    var failedCommits: UInt64 { shared.failedCommits.value }

    /// Queues what the writer is to do.
    func send(_ task: WriterTask) throws(StoreError) {
        try inbox.submit(task)
    }

    /// Queues a catching-up with the shared log, unless one waits already.
    func catchUp() throws(StoreError) {
        guard shared.catchUpWaits.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged else { return }
        do throws(StoreError) {
            try inbox.submit(.catchUp)
        } catch {
            shared.catchUpWaits.store(false, ordering: .relaxed)
            throw error
        }
    }

    /// Commits what waits, folds the log into the database and waits for the thread's end.
    func close() throws(StoreError) {
        inbox.close()
        thread.join()
        if let fault = shared.closingFault.withLock({ $0 }) { throw fault }
    }
}
