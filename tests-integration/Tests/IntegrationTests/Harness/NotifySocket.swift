import Glibc

/// The socket of a service manager, in its place (sd_notify(3)): hears what a service says of itself.
final class NotifySocket {
    /// What a service gets as `NOTIFY_SOCKET`.
    let path: String
    private let descriptor: Int32

    struct CannotListen: Error {
        let path: String
    }

    init(in world: World) throws {
        path = world.path("notify")
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { throw CannotListen(path: path) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw CannotListen(path: path) }
    }

    deinit { close(descriptor) }

    /// The oldest message that was not taken yet, as its fields.
    func next() -> [String: String]? {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        guard count > 0 else { return nil }
        let lines = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n")
        let fields = lines.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(fields.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { _, last in last }
    }

    /// Waits for a message with a field; those before it are dropped.
    func message(with field: String, within limit: Duration = .seconds(30)) async throws -> [String: String] {
        try await eventually("a message with \(field)", within: limit) {
            while let message = next() { if message[field] != nil { return message } }
            return nil
        }
    }
}
