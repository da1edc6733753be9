import Glibc
import Synchronization

/// Finds ports that nobody uses.
enum FreePort {
    /// The next to try: below the range that the system gives to connections, and another start for each process.
    private static let candidate = Mutex(20_000 + Int(getpid()) % 10_000)

    /// A port of the loopback address that no other test was given and that is free.
    static func next() -> UInt16 {
        candidate.withLock { candidate in
            repeat {
                candidate = candidate < 32_000 ? candidate + 1 : 20_000
            } while !isFree(UInt16(candidate))
            return UInt16(candidate)
        }
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
