import CMicroHTTPD
import Glibc

/// The socket of a client that watches a stream, once it no longer belongs to the library.
struct StreamSocket: Sendable {
    /// The most that the kernel keeps unsent: a slow client then skips frames instead of seeing old ones.
    private static let kernelBytes: Int32 = 64 << 10
    /// Read and thrown away before the end: a close with unread bytes would take back what is still on its way.
    private static let discardedBytes = 1 << 20

    let descriptor: Int32

    /// Moves the socket of `descriptor` to a descriptor of its own and leaves `placeholder` where it was, so that whoever closes
    /// `descriptor` closes that.
    ///
    /// Nobody may poll `descriptor` meanwhile: an epoll set would go on reporting the old socket under it.
    ///
    /// - Returns: Nil if the process has no descriptor left; then nothing has changed.
    init?(takenFrom descriptor: Int32, leaving placeholder: Int32) {
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { return nil }
        guard dup3(placeholder, descriptor, O_CLOEXEC) >= 0 else {
            Glibc.close(own)
            return nil
        }
        self.descriptor = own
    }

    /// Prepares it for frames; of a Unix socket the options for TCP are refused, and are not needed.
    ///
    /// - Parameter stallMilliseconds: How long the peer may leave bytes without an acknowledgement.
    func prepare(stallMilliseconds: UInt64) {
        set(SOL_SOCKET, SO_SNDBUF, Self.kernelBytes)
        set(Int32(IPPROTO_TCP), TCP_CORK, 0)
        set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, Int32(clamping: stallMilliseconds))
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// What became of an attempt to send.
    enum Sending: Equatable {
        /// So many bytes were taken, perhaps none: the client must be ready first.
        case taken(Int)
        /// The client is gone.
        case gone
    }

    /// Sends what the kernel takes of `bytes` from `offset` on.
    func send(_ bytes: [UInt8], from offset: Int) -> Sending {
        bytes.withUnsafeBytes { all in
            let rest = UnsafeRawBufferPointer(rebasing: all[offset...])
            while true {
                let count = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                if count >= 0 { return .taken(count) }
                switch errno {
                case EINTR: continue
                case EAGAIN, ENOBUFS, ENOMEM: return .taken(0)
                default: return .gone
                }
            }
        }
    }

    func close() {
        // TCP drops the bytes itself when it is told to truncate.
        _ = recv(descriptor, nil, Self.discardedBytes, Int32(MSG_TRUNC) | Int32(MSG_DONTWAIT))
        Glibc.close(descriptor)
    }
}
