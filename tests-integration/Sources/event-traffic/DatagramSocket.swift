import Glibc

/// Set by SIGTERM; a word that is written and read whole.
nonisolated(unsafe) var hasEnded: sig_atomic_t = 0

/// Prints a line at once.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
}

/// The bytes of a small file; none if it cannot be read.
func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
}

/// A Unix socket for single messages; never waits.
struct DatagramSocket {
    private let descriptor: Int32

    init?(path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        unlink(path)
        guard var address = Self.address(path) else { return nil }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { return nil }
    }

    /// Sends a message from nowhere, and waits until the peer has room for it.
    static func send(_ message: [UInt8], to path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        return send(message, to: path, from: descriptor, flags: 0)
    }

    /// Sends a message; false if the peer is not there or has enough to do.
    func send(_ message: [UInt8], to path: String) -> Bool {
        Self.send(message, to: path, from: descriptor, flags: Int32(MSG_DONTWAIT))
    }

    private static func send(_ message: [UInt8], to path: String, from descriptor: Int32, flags: Int32) -> Bool {
        guard var address = address(path) else { return false }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, message, message.count, flags, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == message.count
            }
        }
    }

    /// The next message; nil if there is none.
    func receive() -> [UInt8]? {
        var message = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &message, message.count, Int32(MSG_DONTWAIT))
        return count > 0 ? Array(message.prefix(count)) : nil
    }

    private static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8CString)
        guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { target in
            bytes.withUnsafeBytes { target.copyMemory(from: $0) }
        }
        return address
    }
}
