import Glibc
import Synchronization
public import WaiaasCore

/// The instance lock by binding a TCP port of the loopback address: the seed's way where there is no `flock`.
///
/// It guards the port and not the directory, and it cannot say who holds it; so it is the second choice everywhere else.
public final class PortLock: InstanceLock {
    private let port: UInt16
    private let socket: Mutex<OwnedDescriptor?>

    fileprivate init(port: UInt16, socket: consuming OwnedDescriptor) {
        self.port = port
        self.socket = Mutex(socket)
    }

    /// Does nothing: there is no file to write it in, and the port is the address.
    ///
    /// - Throws: an error after ``release()``.
    public func recordAddress(_ address: String) throws(InstanceLockError) {
        guard stillHeld() else { throw .system(path: "port \(port)", reason: SystemFault(number: EBADF).reason) }
    }

    /// True until it is released: nobody can take a bound port away.
    public func stillHeld() -> Bool { socket.withLock { $0 != nil } }

    /// Closes the socket.
    public func release() { socket.withLock { $0 = nil } }
}

/// Takes a ``PortLock``.
public struct PortLocking: InstanceLocking {
    private let port: UInt16
    private let clocks: Clocks
    private let pause: @Sendable (Duration) -> Void

    /// A way to lock a port.
    ///
    /// - Parameters:
    ///   - port: not 0, which would be another port each time.
    ///   - clocks: measure the patience.
    ///   - pause: waits between two tries.
    public init(port: UInt16, clocks: Clocks = .system, pause: @escaping @Sendable (Duration) -> Void = ThreadPause.sleep) {
        self.port = port
        self.clocks = clocks
        self.pause = pause
    }

    /// Binds the port, waiting for another holder as ``FlockLocking`` does.
    public func acquire(for holder: InstanceHolder, patience: Duration) throws(InstanceLockError) -> any InstanceLock {
        let end = clocks.now.continuous + max(patience, InstanceLockTiming.probeGrace)
        while true {
            do throws(SystemFault) {
                return PortLock(port: port, socket: try bind())
            } catch {
                guard error.number == EADDRINUSE else { throw .system(path: "port \(port)", reason: error.reason) }
            }
            guard clocks.now.continuous < end else { throw .held(by: nil) }
            pause(InstanceLockTiming.pause)
        }
    }

    /// Binds without SO_REUSEADDR, which would let two holders in.
    private func bind() throws(SystemFault) -> OwnedDescriptor {
        let socket = OwnedDescriptor(
            try retrying { Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0) })
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let number = socket.number
        try retrying {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        return socket
    }
}
