/// Where a server listens.
public enum HTTPListener: Sendable, Equatable {
    /// A TCP address and port. `address` is an IPv4 or IPv6 address in digits; port 0 lets the kernel choose.
    case tcp(address: String, port: UInt16)
    /// A Unix socket called `name` in the directory that `directory` is an open descriptor of; the server keeps a copy of the descriptor.
    ///
    /// A leftover socket of that name is removed, so the caller must hold the lock that makes it the only one.
    case unix(directory: Int32, name: String)
    /// A socket that is bound and listens already; the server owns it from `start` on.
    case descriptor(Int32)
}
