import Foundation
import Glibc
import Synchronization

/// A proxy before a Redis server that eats every announcement: what else is said goes through, both ways, byte by byte.
///
/// The server confirms a subscription, so that the daemon believes it hears; then nothing more comes on that connection.
final class DroppingProxy: Sendable {
    /// Where it listens.
    let socket: String
    private let server: String
    private let listening: Int32
    private let isOver = Atomic(false)
    private let dropped = Atomic(0)

    /// How many announcements were eaten.
    var eaten: Int { dropped.load(ordering: .relaxed) }
    /// What `init --join` is given.
    var url: String { "unix://\(socket)" }

    init(before redis: RedisProcess, in world: World) throws {
        (socket, server) = (world.path("proxy.sock"), redis.socket)
        listening = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listening >= 0, Self.withAddress(socket, { bind(listening, $0, $1) }) == 0, listen(listening, 16) == 0 else {
            throw Connection.Broken("listen at \(socket)")
        }
        Thread.detachNewThread { [self] in
            while let client = accepted() {
                let upstream = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
                guard Self.withAddress(server, { connect(upstream, $0, $1) }) == 0 else {
                    close(upstream)
                    close(client)
                    continue
                }
                Thread.detachNewThread { [self] in pass(client, upstream) }
            }
        }
    }

    /// Lets nobody in any more; who is connected goes on until one side ends.
    func stop() {
        isOver.store(true, ordering: .relaxed)
        shutdown(listening, Int32(SHUT_RDWR))
        close(listening)
    }

    private func accepted() -> Int32? {
        let client = accept(listening, nil, nil)
        return client >= 0 && !isOver.load(ordering: .relaxed) ? client : nil
    }

    /// Carries bytes between two sockets until one of them ends.
    private func pass(_ client: Int32, _ upstream: Int32) {
        defer {
            close(client)
            close(upstream)
        }
        let announcement = Array("*3\r\n$7\r\nmessage\r\n".utf8)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var isSubscribed = false
        while true {
            var ends = [pollfd(fd: client, events: Int16(POLLIN), revents: 0), pollfd(fd: upstream, events: Int16(POLLIN), revents: 0)]
            guard poll(&ends, 2, -1) > 0 else { return }
            for (end, other) in [(0, upstream), (1, client)] where ends[end].revents != 0 {
                let count = recv(ends[end].fd, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                var bytes = buffer[..<count]
                if end == 0 {
                    isSubscribed = isSubscribed || bytes.firstRange(of: Array("SUBSCRIBE".utf8)) != nil
                } else if isSubscribed, let first = bytes.firstRange(of: announcement) {
                    bytes = bytes[..<first.lowerBound]
                    dropped.add(1, ordering: .relaxed)
                }
                guard bytes.isEmpty || bytes.withUnsafeBytes({ send(other, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }) == bytes.count
                else { return }
            }
        }
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
