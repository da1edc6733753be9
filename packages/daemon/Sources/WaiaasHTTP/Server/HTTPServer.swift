import CMicroHTTPD
import Glibc
import Synchronization

/// An HTTP/1.1 server on one listening socket, over GNU libmicrohttpd.
///
/// A request is read whole, then `handler` is called on the thread that serves its connection. What it answers at once goes out from
/// there, without a hop; work that suspends lets its connection wait and its thread serve others. Neither must block.
///
/// The life of a server is `start` → `stopAccepting` → `drain` → `stop`, each step optional but the first and the last.
///
/// The threads inherit the signal mask of whoever calls `start`: block there what a handler must not be interrupted by, and ignore
/// `SIGPIPE` in the process.
public final class HTTPServer: Sendable {
    /// Descriptors that stay free for everything else in the process.
    private static let reservedDescriptors = 64

    /// What a connection's memory has for the head of an answer, beside the largest head of a request.
    private static let answerHeadBytes = 4_096

    private enum State {
        case fresh
        case running(Running)
        case stopped
    }

    private struct Running: Sendable {
        let daemon: LibraryDaemon
        let socket: ListeningSocket
        let watch: Watch
        let thread: pthread_t
    }

    private let listener: HTTPListener
    private let context: ServerContext
    private let state = Mutex(State.fresh)

    /// A server that does not run yet.
    ///
    /// - Parameters:
    ///   - listener: Where it listens.
    ///   - limits: What a client may use.
    ///   - streamTally: Counts the streams; servers may share one.
    ///   - bodyLimit: The bytes that a body may have for a method and raw path, asked before the body is read; `limits.bodyBytes` without it.
    ///   - refusal: The answer of a status that the server gives by itself (400, 413, 431, 500, 501, 503), in the form of the product.
    ///     It is called on the server's threads, must not block, and its connection is closed.
    ///   - handler: Answers a request, now or later.
    /// - Throws: ``HTTPServerError/system(call:code:)`` if there is no descriptor left.
    public init(
        listener: HTTPListener, limits: HTTPLimits = HTTPLimits(), streamTally: HTTPStreamTally = HTTPStreamTally(),
        bodyLimit: (@Sendable (HTTPMethod, String) -> Int)? = nil,
        refusal: @escaping @Sendable (Int) -> HTTPResponse = { HTTPResponse(status: $0) },
        handler: @escaping @Sendable (HTTPRequest) -> HTTPAnswer
    ) throws(HTTPServerError) {
        self.listener = listener
        let bodyBytes = limits.bodyBytes
        context = try ServerContext(
            limits: limits, streamTally: streamTally, bodyLimit: bodyLimit ?? { _, _ in bodyBytes }, refusal: refusal, handler: handler)
    }

    /// The address as clients use it (`127.0.0.1:3100`, `[::1]:3100`, or the name of the Unix socket); nil while the server does not run.
    public var address: String? { running?.socket.address }

    /// The TCP port, also if the kernel chose it; nil while the server does not run.
    public var port: UInt16? { running?.socket.port }

    /// How many connections are open, without those that became streams.
    public var connectionCount: Int { context.connections.count }

    /// How many streams are open.
    public var streamCount: Int { context.streams.open }

    /// How many streams a server with these limits has room for: fewer than asked for where the process has too few descriptors.
    public static func streamCapacity(of limits: HTTPLimits) -> Int {
        Places.streams(limits.streams, beside: limits.connections, of: max(0, availableDescriptors))
    }

    /// What connections and streams may take.
    private static var availableDescriptors: Int { DescriptorLimit.soft - reservedDescriptors }

    private var running: Running? {
        state.withLock { state in
            guard case .running(let running) = state else { return nil }
            return running
        }
    }

    /// Binds the socket and starts to serve. When it returns, connections are accepted.
    ///
    /// - Throws: ``HTTPServerError``.
    public func start() throws(HTTPServerError) {
        try state.withLock { (state) throws(HTTPServerError) in
            guard case .fresh = state else { throw .alreadyStarted }
            let available = Self.availableDescriptors
            guard available > 0 else { throw .tooFewDescriptors(limit: DescriptorLimit.soft) }
            let socket = try ListeningSocket(listener)
            let streamPlaces = Self.streamCapacity(of: context.limits)
            guard context.streams.start(capacity: streamPlaces), let daemon = startLibrary() else {
                context.streams.stop()
                socket.close()
                throw .library
            }
            let watch = Watch(
                context: context, daemon: daemon, listener: socket.descriptor,
                places: Places(
                    count: min(context.limits.connections, available - streamPlaces), networkPercent: context.limits.addressPercent))
            guard let thread = Thread.start(name: "http-watch", watch.run) else {
                MHD_stop_daemon(daemon.pointer)
                context.streams.stop()
                socket.close()
                throw .library
            }
            state = .running(Running(daemon: daemon, socket: socket, watch: watch, thread: thread))
        }
    }

    private func startLibrary() -> LibraryDaemon? {
        var settings = waiaas_mhd_settings()
        settings.threads = UInt32(clamping: max(1, context.limits.threads))
        // The watch keeps the limit; the library's own is a share for each thread and must never be the one that is reached.
        settings.connections = UInt32(clamping: (context.limits.connections + 1) * max(1, context.limits.threads))
        // The library clears all of it for each request, so it is no larger than it must be.
        settings.pool_bytes = context.limits.headBytes + Self.answerHeadBytes
        settings.on_target = targetArrived
        settings.on_request = requestProceeded
        settings.on_completed = requestEnded
        settings.on_connection = connectionChanged
        settings.context = Unmanaged.passUnretained(context).toOpaque()
        return waiaas_mhd_start(&settings).map(LibraryDaemon.init)
    }

    /// Refuses new connections; those that are open go on. The daemon's handler answers them with ``HTTPResponse/closesConnection``.
    public func stopAccepting() {
        guard let running else { return }
        running.watch.stopAccepting()
        running.socket.refuse()
    }

    /// Waits until no request is under way.
    ///
    /// A request is under way from its first line to the end of its answer; a stream until its broadcast ends.
    ///
    /// - Parameter limit: How long to wait at most.
    /// - Returns: How many requests are left.
    public func drain(for limit: Duration) async -> Int {
        guard let running else { return 0 }
        return await running.watch.drain(milliseconds: limit.milliseconds)
    }

    /// Ends the server: handlers that still work are cancelled and answered for with 503, all connections are closed, the socket too.
    ///
    /// It blocks until the server's threads have ended, so a handler must not call it.
    public func stop() {
        let running: Running? = state.withLock { state in
            defer { state = .stopped }
            guard case .running(let running) = state else { return nil }
            return running
        }
        guard let running else { return }
        running.watch.end()
        pthread_join(running.thread, nil)
        running.socket.close()
        // From here on no connection is suspended, so that after the loop none is: the library would abort.
        context.isStopping.store(true, ordering: .sequentiallyConsistent)
        for connection in context.connections.all { connection.abandonHandler() }
        MHD_stop_daemon(running.daemon.pointer)
        // No socket can come to it any more.
        context.streams.stop()
    }

    deinit {
        stop()
    }
}
