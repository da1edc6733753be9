import Glibc

/// One connection to a daemon. Its calls block: use it on a thread of its own.
final class Connection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    struct Broken: Error, CustomStringConvertible {
        let description: String
        init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
    }

    /// - Parameters:
    ///   - host: the last number of the loopback address from which a network connection comes; the system's choice if nil.
    ///   - patience: how long one answer may take, in seconds.
    init(_ door: Door, from host: UInt8? = nil, patience: Int = 60) throws {
        let isNetwork: Bool = if case .network = door { true } else { false }
        descriptor = socket(isNetwork ? AF_INET : AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Broken("socket") }
        var time = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        if let host, !Self.bind(descriptor, to: host) { throw Broken("bind") }
        let code =
            switch door {
            case .network(let port): Self.connect(descriptor, to: port)
            case .socket(let folder): Self.connect(descriptor, to: folder + "/operator.sock")
            }
        guard code == 0 else {
            let fault = Broken("connect")
            close(descriptor)
            throw fault
        }
    }

    deinit { close(descriptor) }

    private static func bind(_ descriptor: Int32, to host: UInt8) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (UInt32(0x7f00_0000) | UInt32(host)).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func connect(_ descriptor: Int32, to port: UInt16) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func connect(_ descriptor: Int32, to path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
            guard path.utf8.count < place.count else { return false }
            place.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { return -1 }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// Sends bytes as they stand.
    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                Glibc.send(descriptor, all.baseAddress?.advanced(by: sent), all.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Broken("send") }
            sent += count
        }
    }

    /// Sends a request and takes its answer.
    func exchange(_ request: Request) throws -> Reply {
        try send(request.bytes)
        return try reply()
    }

    /// Takes the next answer.
    func reply() throws -> Reply {
        let end = Array("\r\n\r\n".utf8)
        var headEnd: Int?
        while headEnd == nil {
            headEnd = received.firstRange(of: end)?.upperBound
            if headEnd == nil { guard try receive() else { throw Broken("the connection ended before an answer") } }
        }
        let head = String(decoding: received[..<(headEnd ?? 0)], as: UTF8.self)
        received.removeFirst(headEnd ?? 0)
        var lines = head.components(separatedBy: "\r\n")[...]
        let status = lines.popFirst()?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let headers = lines.compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        while received.count < length { guard try receive() else { throw Broken("the answer was cut off") } }
        let body = Array(received.prefix(length))
        received.removeFirst(length)
        return Reply(status: status, headers: headers, body: body)
    }

    /// Whether the daemon has closed the connection; waits for it.
    func isClosedByPeer() throws -> Bool {
        while try receive() {}
        return true
    }

    /// What comes next, as it comes; nothing at the end.
    func receiveSome() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else {
            if errno == ECONNRESET { return [] }
            throw Broken("receive")
        }
        return Array(buffer[..<count])
    }

    private func receive() throws -> Bool {
        let bytes = try receiveSome()
        received += bytes
        return !bytes.isEmpty
    }
}

/// How to reach a daemon.
enum Door: Sendable {
    /// TCP on this machine.
    case network(port: UInt16)
    /// The operator's socket in a data directory.
    case socket(folder: String)
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: true)
    }
}
