import Dispatch
import Glibc
import Synchronization
import WaiaasHTTP

/// What a client can see going wrong.
enum ClientError: Error, Equatable {
    case cannotConnect(Int32)
    case connectionEnded(received: String)
    case timedOut
    case malformed(String)
}

/// An answer as it came over the wire.
struct RawAnswer: Equatable, Sendable {
    var status: Int
    var head: String
    var body: String

    /// The value of the first field called `name` in lower case.
    func field(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.first?.lowercased() == name { return parts.last.map { String($0.drop { $0 == " " }) } }
        }
        return nil
    }
}

/// A client that sends exactly the bytes it is told to. It blocks, so it is used within `blocking`.
final class RawClient {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// A client of the server on a loopback port.
    ///
    /// - Parameter host: The client's own address is 127.0.0.`host`: all of them are this machine's.
    init(port: UInt16, host: UInt8 = 1) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // A server that another test starts may want the port that the kernel gives this client.
        var enabled: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &enabled, socklen_t(MemoryLayout<Int32>.size))
        var own = Self.loopback(host: host, port: 0)
        let bound = withUnsafePointer(to: &own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        if bound != 0 { throw ClientError.cannotConnect(errno) }
        var address = Self.loopback(host: 1, port: port)
        try connect(&address, MemoryLayout<sockaddr_in>.size)
    }

    private static func loopback(host: UInt8, port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (0x7f00_0000 | UInt32(host)).bigEndian
        return address
    }

    init(unixPath: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: unixPath.utf8.prefix($0.count - 1)) }
        try connect(&address, MemoryLayout<sockaddr_un>.size)
    }

    private func connect<Address>(_ address: inout Address, _ size: Int) throws {
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, socklen_t(size)) }
        }
        if result != 0 { throw ClientError.cannotConnect(errno) }
    }

    deinit { close(descriptor) }

    /// Sends `text`; false if the server no longer takes it.
    @discardableResult
    func send(_ text: String) -> Bool {
        send(Array(text.utf8))
    }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Sends `text` again and again, never idle for long, until the server closes the connection; false after five seconds.
    func dripUntilClosed(_ text: String) -> Bool {
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            guard send(text) else { return true }
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if Glibc.poll(&poll, 1, 20) > 0 { return (try? isClosed()) ?? true }
        }
        return false
    }

    /// Reads the next answer.
    ///
    /// - Parameter withBody: Whether a body follows the head; none does for `HEAD`.
    func answer(withBody: Bool = true) throws -> RawAnswer {
        var end = range(of: "\r\n\r\n")
        while end == nil {
            guard try receive() else { throw ClientError.connectionEnded(received: String(decoding: received, as: UTF8.self)) }
            end = range(of: "\r\n\r\n")
        }
        guard let end else { throw ClientError.malformed("") }
        let head = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end + 4)
        let words = head.split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw ClientError.malformed(head) }
        var answer = RawAnswer(status: status, head: head, body: "")
        let length = withBody ? answer.field("content-length").flatMap(Int.init) ?? 0 : 0
        while received.count < length {
            guard try receive() else { throw ClientError.connectionEnded(received: String(decoding: received, as: UTF8.self)) }
        }
        answer.body = String(decoding: received.prefix(length), as: UTF8.self)
        received.removeFirst(length)
        return answer
    }

    /// Reads up to `text` and past it; answers what stood before it.
    func read(until text: String) throws -> String {
        while true {
            if let end = range(of: text) {
                defer { received.removeFirst(end + text.utf8.count) }
                return String(decoding: received[..<end], as: UTF8.self)
            }
            guard try receive() else { throw ClientError.connectionEnded(received: String(decoding: received, as: UTF8.self)) }
        }
    }

    /// Whether the server has closed the connection and nothing was left unread.
    func isClosed() throws -> Bool {
        try !receive() && received.isEmpty
    }

    /// Waits until the server closes the connection, whatever it still says.
    func readToEnd() throws {
        while try receive() {}
    }

    /// Sends a request and reads its answer.
    func exchange(_ request: String) throws -> RawAnswer {
        send(request)
        return try answer()
    }

    private func receive() throws -> Bool {
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &room, room.count, 0)
        if count < 0, errno == EAGAIN { throw ClientError.timedOut }
        guard count > 0 else { return false }
        received.append(contentsOf: room[..<count])
        return true
    }

    private func range(of text: String) -> Int? {
        let pattern = Array(text.utf8)
        guard let first = pattern.first else { return nil }
        return received.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) -> Int? in
            guard let start = bytes.baseAddress else { return nil }
            var offset = 0
            while bytes.count - offset >= pattern.count {
                guard let found = memchr(start + offset, Int32(first), bytes.count - offset) else { return nil }
                offset = UnsafeRawPointer(found) - start
                if bytes.count - offset >= pattern.count, memcmp(start + offset, pattern, pattern.count) == 0 { return offset }
                offset += 1
            }
            return nil
        }
    }
}

/// Runs `body` on a thread of its own, because handlers that suspend need Swift's pool while the client blocks.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "client").async { continuation.resume(with: Swift.Result { try body() }) }
    }
}

/// Runs `body` and blocks until it is done; only on a thread of one's own.
func waitFor<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) -> Result? {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result?>(nil)
    Task {
        let value = await body()
        result.withLock { $0 = value }
        done.signal()
    }
    done.wait()
    return result.withLock { $0 }
}

extension HTTPServer {
    /// Waits until `count` connections are open; false after five seconds.
    func waitForConnections(_ count: Int) -> Bool {
        waitUntil { connectionCount == count }
    }

    /// Waits until `count` connections are open or fewer; false after five seconds.
    func waitForConnections(atMost count: Int) -> Bool {
        waitUntil { connectionCount <= count }
    }

    /// Waits until `count` streams are open; false after five seconds.
    func waitForStreams(_ count: Int) -> Bool {
        waitUntil { streamCount == count }
    }
}

/// Waits until it is so; false after five seconds.
func waitUntil(_ isSo: () -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(5)
    while ContinuousClock.now < end {
        if isSo() { return true }
        // tidy:allow sleep because it looks until there is something to see
        usleep(1_000)
    }
    return false
}
