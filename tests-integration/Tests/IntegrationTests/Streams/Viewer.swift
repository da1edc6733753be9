import Synchronization

/// Somebody who watches one stream and looks at every byte.
final class Viewer: Sendable {
    private let link: Mutex<Link>
    let status: Int
    private let head: [(name: String, value: String)]

    /// Asks for a stream and takes the head of the answer.
    init(_ target: String, of daemon: DaemonProcess, _ fields: [String] = []) async throws {
        let port = daemon.port
        let (link, head) = try await onThread {
            var link = Link(try Connection(.network(port: port), patience: 20))
            let lines = (["GET \(target) HTTP/1.1", "Host: localhost"] + fields).map { $0 + "\r\n" }.joined()
            try link.connection.send(Array((lines + "\r\n").utf8))
            let head = try link.read(until: "\r\n\r\n")
            return (link, head)
        }
        self.link = Mutex(link)
        let lines = head.split(separator: "\r\n")
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        self.head = lines.dropFirst().compactMap { line in
            line.firstIndex(of: ":").map { (line[..<$0].lowercased(), String(line[line.index(after: $0)...].drop { $0 == " " })) }
        }
    }

    /// The value of a header field, by its name in lower case.
    func header(_ name: String) -> String? { head.first { $0.name == name }?.value }

    /// What comes before some text; the next reading begins behind it.
    func read(until text: String) async throws -> String {
        try await onThread { [self] in try link.withLock { try $0.read(until: text) } }
    }

    /// Whether the daemon ends the connection with nothing more to say.
    func isOver() async throws -> Bool {
        try await onThread { [self] in
            try link.withLock { link in
                let isAtEnd = try !link.receive()
                return isAtEnd && link.received.isEmpty
            }
        }
    }

    // tidy:allow unchecked because it is touched under the viewer's lock alone
    private struct Link: @unchecked Sendable {
        let connection: Connection
        var received: [UInt8] = []

        init(_ connection: Connection) { self.connection = connection }

        mutating func read(until text: String) throws -> String {
            let pattern = Array(text.utf8)
            while true {
                if let found = received.firstRange(of: pattern) {
                    defer { received.removeFirst(found.upperBound) }
                    return String(decoding: received[..<found.lowerBound], as: UTF8.self)
                }
                guard try receive() else {
                    throw Connection.Broken("the stream ended before \(text): \(String(decoding: received, as: UTF8.self))")
                }
            }
        }

        mutating func receive() throws -> Bool {
            let bytes = try connection.receiveSome()
            received += bytes
            return !bytes.isEmpty
        }
    }
}
