import WaiaasCore

/// The connections that only read, each owned by a thread of its own; they take queries from one queue.
final class Readers: Sendable {
    /// How many threads and connections: enough that one long query does not hold up the short ones.
    static let count = 2
    /// How many queries may wait.
    static let queueLimit = 1_024

    private let inbox: Inbox<ReadRequest>
    private let threads: [SystemThread]

    /// Starts one thread for each connection.
    init(owning connections: [Connection]) throws(StoreError) {
        let inbox = Inbox<ReadRequest>(limit: Self.queueLimit)
        var threads: [SystemThread] = []
        for connection in connections {
            let thread = SystemThread.start {
                while let request = inbox.takeFirst() { request.run(on: connection) }
            }
            guard let thread else {
                inbox.close()
                throw .unavailable("start a reader: the system has no thread left")
            }
            threads.append(thread)
        }
        self.inbox = inbox
        self.threads = threads
    }

    deinit { inbox.close() }

    /// How many queries wait.
    var waiting: Int { inbox.count }

    /// Queues a query.
    func send(_ request: ReadRequest) throws(StoreError) {
        try inbox.submit(request)
    }

    /// Answers what waits, and waits for the end of the threads.
    func close() {
        inbox.close()
        for thread in threads { thread.join() }
    }
}
