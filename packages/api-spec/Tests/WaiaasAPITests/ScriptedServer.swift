import Foundation
import Glibc
import Synchronization

/// A server that reads whole requests and answers each with the next of its canned answers, on one thread; it keeps what it read.
final class ScriptedServer: Sendable {
    enum Address { case unix(String), loopback }

    private let listener: Int32
    private let seen = Mutex<[String]>([])
    private let accepted = Mutex<Int>(0)
    /// The port it listens on; 0 on a Unix socket.
    let port: UInt16

    /// The requests it has read, whole.
    var requests: [String] { seen.withLock { $0 } }
    /// How many connections it has accepted.
    var connections: Int { accepted.withLock { $0 } }

    init(_ address: Address, answers: [String]) throws {
        let isUnix = if case .unix = address { true } else { false }
        let listener = socket(isUnix ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var bound: Int32
        var port: UInt16 = 0
        switch address {
        case .unix(let path):
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
            bound = withUnsafePointer(to: &name) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
        case .loopback:
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            bound = withUnsafePointer(to: &name) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
            }
            _ = withUnsafeMutablePointer(to: &name) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
            }
            port = UInt16(bigEndian: name.sin_port)
        }
        self.listener = listener
        self.port = port
        guard bound == 0, listen(listener, 8) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread { [self] in serve(answers) }
    }

    deinit { close(listener) }

    private func serve(_ answers: [String]) {
        var left = answers[...]
        while !left.isEmpty {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            accepted.withLock { $0 += 1 }
            while let answer = left.first, let request = Self.readRequest(connection) {
                seen.withLock { $0.append(request) }
                left = left.dropFirst()
                _ = answer.withCString { send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
                if answer.contains("Connection: close") || answer.isEmpty { break }
            }
            close(connection)
        }
    }

    private static func readRequest(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        func next() -> Bool {
            guard recv(connection, &byte, 1, 0) == 1 else { return false }
            bytes.append(byte)
            return true
        }
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) { guard next() else { return nil } }
        let head = String(decoding: bytes, as: UTF8.self).lowercased()
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }.flatMap {
            Int($0.dropFirst(15).drop { $0 == " " })
        }
        for _ in 0..<(length ?? 0) { guard next() else { return nil } }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// An answer with a body of JSON.
    static func answer(_ status: String, _ body: [UInt8], headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\(headers)\r\n"
            + String(decoding: body, as: UTF8.self)
    }
}
