import Glibc

/// A socket address of any family this server uses, in the form that system calls take.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(0)

    /// The address family.
    var family: sa_family_t { storage.ss_family }

    /// An address in digits and a port, or nil if it is neither IPv4 nor IPv6.
    init?(address: String, port: UInt16) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, address, &four) == 1 {
            self.init(
                sockaddr_in(sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian, sin_addr: four, sin_zero: (0, 0, 0, 0, 0, 0, 0, 0)))
        } else if inet_pton(AF_INET6, address, &six) == 1 {
            self.init(
                sockaddr_in6(
                    sin6_family: sa_family_t(AF_INET6), sin6_port: port.bigEndian, sin6_flowinfo: 0, sin6_addr: six, sin6_scope_id: 0))
        } else {
            return nil
        }
    }

    /// The path of a Unix socket, or nil if it has more than 107 bytes.
    init?(unixPath path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { return nil }
        self.init(address)
    }

    private init<Address>(_ address: Address) {
        withUnsafeMutableBytes(of: &storage) { room in withUnsafeBytes(of: address) { room.copyMemory(from: $0) } }
        length = socklen_t(MemoryLayout<Address>.size)
    }

    private init() {}

    /// The address that `descriptor` is bound to.
    static func local(of descriptor: Int32) -> SocketAddress {
        var address = SocketAddress()
        _ = address.fill { getsockname(descriptor, $0, &$1) }
        return address
    }

    /// Accepts a connection: its descriptor and the peer's address, or nil with `errno` set.
    static func accept(_ call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) -> (descriptor: Int32, peer: SocketAddress)? {
        var address = SocketAddress()
        let descriptor = address.fill(call)
        return descriptor >= 0 ? (descriptor, address) : nil
    }

    private mutating func fill(_ call: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) -> Int32 {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
        }
    }

    /// Calls `body` with the address as system calls take it.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// The port, 0 for a Unix socket.
    var port: UInt16 {
        switch Int32(family) {
        case AF_INET: read(as: sockaddr_in.self).sin_port.bigEndian
        case AF_INET6: read(as: sockaddr_in6.self).sin6_port.bigEndian
        default: 0
        }
    }

    /// The IP address in digits; an IPv4 address mapped into IPv6 as IPv4. Empty for a Unix socket.
    var host: String {
        switch Int32(family) {
        case AF_INET: return Self.digits(of: read(as: sockaddr_in.self).sin_addr, family: AF_INET)
        case AF_INET6:
            let text = Self.digits(of: read(as: sockaddr_in6.self).sin6_addr, family: AF_INET6)
            let mapped = "::ffff:"
            return text.hasPrefix(mapped) && text.contains(".") ? String(text.dropFirst(mapped.count)) : text
        default: return ""
        }
    }

    /// Whose address it is, or nil for a Unix socket, whose clients have none.
    var network: ClientNetwork? {
        switch Int32(family) {
        case AF_INET: return .four(read(as: sockaddr_in.self).sin_addr.s_addr)
        case AF_INET6:
            return withUnsafeBytes(of: read(as: sockaddr_in6.self).sin6_addr) { bytes in
                let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
                return isMapped
                    ? .four(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)) : .six(prefix: bytes.loadUnaligned(as: UInt64.self))
            }
        default: return nil
        }
    }

    /// Host and port as in a URL, or an empty string for a Unix socket.
    var text: String {
        guard !host.isEmpty else { return "" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private func read<Address>(as type: Address.Type) -> Address {
        withUnsafeBytes(of: storage) { $0.loadUnaligned(as: type) }
    }

    private static func digits<Address>(of address: Address, family: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { room in
            let written = withUnsafePointer(to: address) { inet_ntop(family, $0, room.baseAddress, socklen_t(INET6_ADDRSTRLEN)) }
            return written.map { String(cString: $0) } ?? ""
        }
    }
}
