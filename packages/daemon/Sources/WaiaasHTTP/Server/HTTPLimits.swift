import Glibc

/// What one server lets its clients use. Every limit has a value; none can be switched off.
public struct HTTPLimits: Sendable {
    /// Threads that serve requests, 1 or more. Handlers that never suspend run on them.
    public var threads: Int
    /// Open connections. When all are taken, a further client gets the place of the connection that was idle longest, first of the address
    /// that holds most; while every one is in a request, it waits in the kernel's backlog.
    public var connections: Int
    /// Percent of `connections`, 1 to 100, that one address may hold: an IPv4 address, the /64 of an IPv6 one, or the user behind a Unix
    /// socket. Beyond it a new connection takes the place of an idle one of the same address, or is closed at once: with less than 100 no
    /// address can shut the others out, and the default leaves a proxy in front of all clients room enough.
    public var addressPercent: Int
    /// Bytes of a request's head: the request line and all header fields, and 64 for each field, cookie and item of the query (their index
    /// lives in the same memory). A larger one is answered 431.
    public var headBytes: Int
    /// Bytes of a body where the server was given no rule for its path. A larger one is answered 413.
    public var bodyBytes: Int
    /// How long a head may take, from the opening of the connection or from the first byte of a later request.
    public var headTime: Duration
    /// How long a body may take, from the end of its head.
    public var bodyTime: Duration
    /// How long a client may take to accept an answer, from the moment the handler gave it.
    public var answerTime: Duration
    /// How long a connection may wait for its next request.
    public var idleTime: Duration
    /// How long a connection may wait for its next request, or for its first, while more than three quarters of all are taken: clients
    /// that are not served give way before others have to wait. While all are taken, a request must be whole in this time too.
    public var crowdedIdleTime: Duration
    /// Open streams; they take no place among `connections`. A client beyond is answered 503.
    public var streams: Int
    /// How long the client of a stream may take nothing of what is sent to it.
    public var streamStallTime: Duration
    /// Bytes of outdated frames that slow clients may keep in memory all together; beyond it the slowest are cut off.
    public var streamHeldBytes: Int

    /// The limits of the product's network listener (design 2.4).
    public init(
        threads: Int = HTTPLimits.processors, connections: Int = 1_024, addressPercent: Int = 75, headBytes: Int = 16 << 10,
        bodyBytes: Int = 1 << 20,
        headTime: Duration = .seconds(10), bodyTime: Duration = .seconds(30), answerTime: Duration = .seconds(30),
        idleTime: Duration = .seconds(60), crowdedIdleTime: Duration = .seconds(5), streams: Int = 1_024,
        streamStallTime: Duration = .seconds(30), streamHeldBytes: Int = 64 << 20
    ) {
        self.threads = threads
        self.connections = connections
        self.addressPercent = addressPercent
        self.headBytes = headBytes
        self.bodyBytes = bodyBytes
        self.headTime = headTime
        self.bodyTime = bodyTime
        self.answerTime = answerTime
        self.idleTime = idleTime
        self.crowdedIdleTime = crowdedIdleTime
        self.streams = streams
        self.streamStallTime = streamStallTime
        self.streamHeldBytes = streamHeldBytes
    }
}

extension HTTPLimits {
    /// The processors that this process may use.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
