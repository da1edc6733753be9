import CEpoll
import Glibc
import Synchronization

/// Many viewers of one stream, all read by one thread, and when the last of them saw each update.
///
/// An update is told by `id="nN"` in its picture, where N counts from 0. A viewer that sees a later update has seen the earlier ones: who is
/// slow is spared some.
public final class StreamCrowd: Sendable {
    /// A viewer that could not come.
    public struct Fault: Error, CustomStringConvertible {
        /// What failed.
        public let description: String

        init(_ call: String) { description = "\(call): \(String(cString: strerror(errno)))" }
    }

    private let descriptors: [Int32]
    private let epoll: Int32
    private let sightings: Sightings
    private let thread = Mutex<pthread_t?>(nil)

    /// Connects the viewers and has each ask for the stream.
    ///
    /// - Parameters:
    ///   - viewers: how many.
    ///   - port: of the daemon on this machine.
    ///   - target: path and query of the stream.
    ///   - hosts: from how many loopback addresses they come.
    ///   - reads: whether anybody reads what comes.
    public init(viewers: Int, port: UInt16, target: String, hosts: Int = 1, reads: Bool = true) throws(Fault) {
        var descriptors: [Int32] = []
        do throws(Fault) {
            epoll = epoll_create1(0)
            guard epoll >= 0 else { throw Fault("epoll_create1") }
            let request = Array("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            for number in 0..<viewers {
                let descriptor = try Self.connect(to: port, from: UInt8(1 + number % max(1, hosts)))
                descriptors.append(descriptor)
                guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { throw Fault("send") }
                guard reads else { continue }
                var event = epoll_event()
                event.events = EPOLLIN.rawValue
                event.data.u64 = UInt64(number)
                guard epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw Fault("epoll_ctl") }
            }
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
        self.descriptors = descriptors
        sightings = Sightings(viewers: viewers)
        if reads { try start() }
    }

    deinit {
        sightings.end()
        if let thread = thread.withLock({ $0 }) { pthread_join(thread, nil) }
        for descriptor in descriptors { close(descriptor) }
        close(epoll)
    }

    private static func connect(to port: UInt16, from host: UInt8) throws(Fault) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Fault("socket") }
        func address(_ host: UInt8, _ port: UInt16) -> sockaddr_in {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = (0x7f00_0000 | UInt32(host)).bigEndian
            return address
        }
        func call(_ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Bool {
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
            }
        }
        let isConnected =
            call(address(host, 0)) { bind(descriptor, $0, $1) } && call(address(1, port)) { Glibc.connect(descriptor, $0, $1) }
        guard isConnected else {
            let fault = Fault("connect")
            close(descriptor)
            throw fault
        }
        return descriptor
    }

    private func start() throws(Fault) {
        // It holds what was seen, and not this object, which waits for its end.
        let reader = Reader(epoll: epoll, descriptors: descriptors, sightings: sightings)
        var thread = pthread_t()
        let boxed = Unmanaged.passRetained(reader)
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Reader>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, boxed.toOpaque())
        guard code == 0 else {
            boxed.release()
            throw Fault("pthread_create")
        }
        self.thread.withLock { $0 = thread }
    }

    /// How many viewers have seen an update or a later one.
    public func viewers(of update: Int) -> Int { sightings.viewers(of: update) }

    /// When the last viewer had seen an update or a later one; nil while one has not.
    public func lastSighting(of update: Int) -> ContinuousClock.Instant? { sightings.lastSighting(of: update) }

    /// How many viewers' connections have ended.
    public var ended: Int { sightings.ended }
}
