import Glibc

/// A socket that listens, and what has to be undone when it no longer does.
struct ListeningSocket: Sendable {
    /// The length of the kernel's queue of connections that nobody accepted yet.
    private static let backlog: Int32 = 1_024

    /// The socket; non-blocking, not inherited by children.
    let descriptor: Int32
    /// The address as clients use it: `127.0.0.1:3100`, `[::1]:3100`, or the name of the Unix socket.
    let address: String
    /// The TCP port, 0 for a Unix socket.
    let port: UInt16
    /// The file that a Unix socket leaves behind.
    let file: UnixSocketFile?

    /// Opens the socket that `listener` asks for.
    init(_ listener: HTTPListener) throws(HTTPServerError) {
        switch listener {
        case .tcp(let address, let port): self = try .tcp(address: address, port: port)
        case .unix(let directory, let name): self = try .unix(directory: directory, name: name)
        case .descriptor(let descriptor):
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            self.init(descriptor: descriptor, file: nil)
        }
    }

    private init(descriptor: Int32, file: UnixSocketFile?) {
        self.descriptor = descriptor
        self.file = file
        let bound = SocketAddress.local(of: descriptor)
        self.port = bound.port
        self.address = file?.name ?? bound.text
    }

    private static func tcp(address: String, port: UInt16) throws(HTTPServerError) -> ListeningSocket {
        let label = address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        guard let wanted = SocketAddress(address: address, port: port) else { throw .invalidAddress(address: address) }
        let descriptor = try open(family: Int32(wanted.family))
        do throws(HTTPServerError) {
            // A restart must not wait for old connections in TIME_WAIT; a second listener is refused all the same.
            var enabled: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &enabled, socklen_t(MemoryLayout<Int32>.size))
            let result = wanted.withPointer { bind(descriptor, $0, $1) }
            try check(result, "bind", label: label)
            try check(listen(descriptor, backlog), "listen", label: label)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        return ListeningSocket(descriptor: descriptor, file: nil)
    }

    private static func unix(directory: Int32, name: String) throws(HTTPServerError) -> ListeningSocket {
        let file = try UnixSocketFile(directory: directory, name: name)
        do throws(HTTPServerError) {
            try file.removeLeftover()
            let descriptor = try open(family: AF_UNIX)
            do throws(HTTPServerError) {
                // Linux gives the new file the mode of the socket, so there is no moment at which others may connect.
                try check(fchmod(descriptor, 0o600), "fchmod", label: name)
                let wanted = try file.address()
                let result = wanted.withPointer { bind(descriptor, $0, $1) }
                try check(result, "bind", label: name)
                try check(listen(descriptor, backlog), "listen", label: name)
            } catch {
                Glibc.close(descriptor)
                throw error
            }
            return ListeningSocket(descriptor: descriptor, file: file)
        } catch {
            file.release()
            throw error
        }
    }

    private static func open(family: Int32) throws(HTTPServerError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        return descriptor
    }

    private static func check(_ result: Int32, _ call: String, label: String) throws(HTTPServerError) {
        guard result != 0 else { return }
        switch errno {
        case EADDRINUSE: throw .addressInUse(address: label)
        case EACCES, EPERM: throw .permissionDenied(address: label)
        case EADDRNOTAVAIL: throw .addressNotAvailable(address: label)
        case let code: throw .system(call: call, code: code)
        }
    }

    /// Refuses new connections from now on, also those that the kernel has queued; the descriptor stays open for whoever polls it.
    func refuse() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Closes the socket and removes its file.
    func close() {
        Glibc.close(descriptor)
        file?.remove()
        file?.release()
    }
}
