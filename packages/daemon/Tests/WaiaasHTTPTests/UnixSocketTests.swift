import Glibc
import Testing
import WaiaasHTTP

@Suite("Unix socket") struct UnixSocketTests {
    /// A directory whose path is longer than a socket's address may be, and its descriptor.
    private final class Directory: Sendable {
        let path: String
        let descriptor: Int32

        init() throws {
            var template = Array("/tmp/waiaas-http-XXXXXX".utf8CString)
            try #require(mkdtemp(&template) != nil)
            let base = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            path = base + "/" + String(repeating: "d", count: 200)
            try #require(mkdir(path, 0o700) == 0)
            descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            try #require(descriptor >= 0)
        }

        var socketPath: String { "/proc/self/fd/\(descriptor)/operator.sock" }

        var mode: mode_t? {
            var status = stat()
            return lstat(path + "/operator.sock", &status) == 0 ? status.st_mode : nil
        }

        deinit {
            unlink(path + "/operator.sock")
            close(descriptor)
            rmdir(path)
            rmdir(String(path.dropLast(201)))
        }
    }

    private func server(in directory: Directory) throws -> HTTPServer {
        try HTTPServer(
            listener: .unix(directory: directory.descriptor, name: "operator.sock"), limits: HTTPLimits(threads: 1, connections: 8)
        ) {
            HTTPResponse(status: 200, body: Array("\($0.peer)".utf8))
        }
    }

    @Test func `the handler sees the user id of a local peer`() async throws {
        let directory = try Directory()
        let server = try server(in: directory)
        try server.start()
        let body = try await blocking {
            let client = try RawClient(unixPath: directory.socketPath)
            #expect(try client.exchange(get("/")).status == 200)
            return try client.exchange(get("/")).body
        }
        #expect(body == "local(uid: \(getuid()))")
        #expect(server.address == "operator.sock")
        server.stop()
    }

    @Test func `the socket is its owner's alone, and is gone after stop`() throws {
        let directory = try Directory()
        let server = try server(in: directory)
        try server.start()
        #expect(directory.mode == S_IFSOCK | 0o600)
        server.stop()
        #expect(directory.mode == nil)
    }

    @Test func `a leftover socket is replaced`() throws {
        let directory = try Directory()
        let leftover = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: directory.socketPath.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(leftover, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        try #require(result == 0)
        close(leftover)
        let server = try server(in: directory)
        try server.start()
        server.stop()
    }

    @Test func `a file that is not a socket is left alone`() throws {
        let directory = try Directory()
        let file = openat(directory.descriptor, "operator.sock", O_CREAT | O_WRONLY, 0o600)
        close(file)
        let server = try server(in: directory)
        #expect(throws: HTTPServerError.notASocket(name: "operator.sock")) { try server.start() }
        #expect(directory.mode == S_IFREG | 0o600)
    }
}
