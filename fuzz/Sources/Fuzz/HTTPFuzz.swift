import Glibc
import WaiaasHTTP

/// The server itself, over a Unix socket: what it makes of the bytes of one connection. It must answer others all the while.
enum HTTPFuzz {
    private static let server = Server()

    @Sendable static func run(_ bytes: [UInt8]) {
        // What is no whole request is answered by nothing until its deadline; nobody waits for that here.
        _ = server.exchange(bytes, patience: timeval(tv_sec: 0, tv_usec: 5_000))
        let answer = server.exchange(
            Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8), patience: timeval(tv_sec: 15, tv_usec: 0))
        promise(answer.starts(with: "HTTP/1.1 200 ".utf8), "the next request is answered")
    }

    /// A server with a folder of its own.
    private struct Server: Sendable {
        private let path: String
        private let server: HTTPServer?

        init() {
            let folder = "/tmp/waiaas-fuzz-\(getpid())"
            mkdir(folder, 0o700)
            path = folder + "/http.sock"
            server = try? HTTPServer(
                listener: .unix(directory: open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), name: "http.sock"),
                limits: HTTPLimits(threads: 1)
            ) { request in
                let text = "\(request.method.name) \(request.path) \(request.query.raw)"
                return HTTPResponse(status: 200, fields: [], body: Array(text.utf8) + request.body)
            }
            do {
                try server?.start()
            } catch {
                promise(false, "the server starts: \(error)")
            }
        }

        /// Sends bytes, takes what comes back until there is nothing for a while, and closes. The end does not come together with the bytes:
        /// the library would overlook it then, and keep the connection's place until its deadline.
        func exchange(_ bytes: [UInt8], patience: timeval) -> [UInt8] {
            let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(client) }
            var limit = patience
            setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
            let connected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
            promise(connected == 0, "a connection is taken")
            _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            var answer: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = recv(client, &part, part.count, 0)
                guard count > 0 else { return answer }
                answer += part.prefix(count)
            }
        }
    }
}
