import CMicroHTTPD
import Glibc
import Synchronization

/// The one thread that writes to all clients which watch a stream, and what it is told from outside.
///
/// The library could do this with a callback for each client. It would keep a memory pool for each of them, walk through all clients that
/// wait whenever any request is resumed, and not notice that one has gone. So a client's socket is taken over from it.
final class StreamThread: Sendable {
    /// A client that was handed over.
    struct Arrival: Sendable {
        let socket: StreamSocket
        /// The head of its answer and what goes out before the first frame.
        let head: [UInt8]
        let stream: HTTPStream
    }

    private struct Inbox {
        var arrivals: [Arrival] = []
        var changes: [ObjectIdentifier: HTTPBroadcast] = [:]
        /// Whether the thread is to end, or has ended.
        var isEnding = false

        var isEmpty: Bool { arrivals.isEmpty && changes.isEmpty && !isEnding }
    }

    /// What the thread is told since it last looked.
    struct Orders: Sendable {
        let arrivals: [Arrival]
        let changes: [HTTPBroadcast]
        let mayGoOn: Bool
    }

    let limits: StreamLimits
    let tally: HTTPStreamTally
    /// What stands in for a socket that was taken from the library.
    let placeholder: Int32
    let wake: WakeDescriptor
    private let inbox = Mutex(Inbox())
    /// Streams open or on their way here.
    private let count = Atomic<Int>(0)
    private let capacity = Atomic<Int>(0)
    private let thread = Mutex<pthread_t?>(nil)

    init(limits: StreamLimits, tally: HTTPStreamTally) throws(HTTPServerError) {
        self.limits = limits
        self.tally = tally
        wake = try WakeDescriptor()
        placeholder = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard placeholder >= 0 else { throw .system(call: "socket", code: errno) }
    }

    deinit { close(placeholder) }

    /// How many streams are open.
    var open: Int { count.load(ordering: .relaxed) }

    /// Starts the thread with room for `capacity` streams; false if the system has none left.
    func start(capacity: Int) -> Bool {
        guard let loop = StreamLoop(self) else { return false }
        self.capacity.store(capacity, ordering: .relaxed)
        return thread.withLock { thread in
            thread = Thread.start(name: "http-streams") { loop.run() }
            return thread != nil
        }
    }

    /// Ends all streams at once and waits for the thread's end.
    func stop() {
        tell { $0.isEnding = true }
        let ended = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let ended { pthread_join(ended, nil) }
        // Who came after the thread's last look.
        for arrival in take().arrivals { arrival.socket.close() }
    }

    /// Takes a place for a stream; false if there is none.
    func reserve() -> Bool {
        guard count.wrappingAdd(1, ordering: .relaxed).newValue <= capacity.load(ordering: .relaxed) else {
            release()
            return false
        }
        return true
    }

    /// Gives a place back.
    func release() { count.wrappingSubtract(1, ordering: .relaxed) }

    /// A client, for whom a place was reserved, comes to this thread.
    func admit(_ arrival: Arrival) {
        tell { $0.arrivals.append(arrival) }
    }

    /// `broadcast` has a new frame, or has ended.
    func note(change broadcast: HTTPBroadcast) {
        tell { $0.changes[ObjectIdentifier(broadcast)] = broadcast }
    }

    private func tell(_ change: (inout Inbox) -> Void) {
        let wasEmpty = inbox.withLock { inbox in
            let wasEmpty = inbox.isEmpty
            change(&inbox)
            return wasEmpty
        }
        if wasEmpty { wake.signal() }
    }

    /// What came since the last look. Called by the thread.
    func take() -> Orders {
        let taken = inbox.withLock { inbox in
            defer {
                inbox.arrivals = []
                inbox.changes = [:]
            }
            return inbox
        }
        return Orders(arrivals: taken.arrivals, changes: Array(taken.changes.values), mayGoOn: !taken.isEnding)
    }
}
