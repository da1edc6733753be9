/// Whose connections are counted together, because one client can have all of them.
enum ClientNetwork: Hashable, Sendable {
    /// An IPv4 address as the kernel keeps it, also one mapped into IPv6.
    case four(UInt32)
    /// The first 64 bits of an IPv6 address: what one customer of a provider has.
    case six(prefix: UInt64)
    /// A user of this machine, through a Unix socket.
    case local(uid: UInt32)
}
