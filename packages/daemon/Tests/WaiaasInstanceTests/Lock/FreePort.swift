import Glibc

/// Finds a port that nobody uses.
enum FreePort {
    /// A port of the loopback address that was free a moment ago; the system hands them out in turn, so it stays free long enough.
    static func next() -> UInt16 {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(number, $0, length)
                _ = getsockname(number, $0, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
