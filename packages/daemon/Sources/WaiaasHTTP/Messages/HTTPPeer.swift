/// Who is at the other end of a connection.
public enum HTTPPeer: Sendable, Hashable {
    /// A TCP peer: its IP address without the port; an IPv4 address that came through an IPv6 socket is written as IPv4.
    case network(address: String)
    /// A process of this machine, through a Unix socket: the user id the kernel vouches for (`SO_PEERCRED`).
    case local(uid: UInt32)
}
