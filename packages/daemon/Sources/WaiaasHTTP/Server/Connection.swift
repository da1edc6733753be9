import CMicroHTTPD
import Glibc
import Synchronization

/// One connection and the request it is in.
///
/// Unchecked: what is not a constant, an atomic or behind `exchange` belongs to the one library thread that serves the connection;
/// it is touched only in that thread's callbacks. `ConnectionTable` owns the object until the library's last callback for it; the library
/// holds a plain pointer to it meanwhile.
final class Connection: @unchecked Sendable {
    /// How far the request has come.
    enum Stage {
        /// Its first line may be there, its head is not whole.
        case head
        /// The head is whole, the body comes.
        case body
        /// The handler has it, or the answer is under way.
        case answer
    }

    /// The states of a request in the handler. A change and what the library is told about it happen under one lock.
    enum Exchange {
        /// No work is under way that may wait.
        case idle
        /// The handler runs in the callback that started it.
        case running
        /// The handler waits for something; the library leaves the connection alone until it is resumed.
        case suspended(LibraryConnection, Task<Void, Never>)
        /// The answer is there and will be queued by the next callback.
        case done(HTTPResponse)
        /// The socket belongs to the stream thread; what the library still holds is closed by the next callback.
        case left
    }

    let descriptor: Int32
    let peer: HTTPPeer
    /// Whose share of the places it takes.
    let network: ClientNetwork
    let context: ServerContext
    let pace: ConnectionPace
    let exchange = Mutex(Exchange.idle)

    var stage = Stage.head
    /// Whether the connection was told to leave before this request began.
    var hasLeft = false
    var target = RequestTarget.none
    var head: RequestHead?
    var isHead = false
    var body: [UInt8] = []
    var bodyLimit = 0

    init(descriptor: Int32, peer: HTTPPeer, network: ClientNetwork, context: ServerContext) {
        self.descriptor = descriptor
        self.peer = peer
        self.network = network
        self.context = context
        pace = ConnectionPace(milliseconds: context.headMilliseconds)
    }

    /// Whether bytes have come that the library has not read yet, so that a request may begin at any moment.
    var hasUnreadBytes: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    /// The first line of a request is there.
    func targetArrived(_ text: UnsafePointer<CChar>) {
        target = RequestTarget(text)
        hasLeft = !pace.beginRequest(milliseconds: context.headMilliseconds)
    }

    /// The request is over, answered or not.
    func requestEnded() {
        exchange.withLock { $0 = .idle }
        stage = .head
        target = .none
        head = nil
        body = []
        pace.endRequest(milliseconds: context.idleMilliseconds)
        if context.isDraining.load(ordering: .relaxed) { context.wake.signal() }
    }
}

/// The library's handle of a connection; valid while the library serves it, and while it is suspended it cannot end.
struct LibraryConnection: @unchecked Sendable {
    let pointer: OpaquePointer
}
