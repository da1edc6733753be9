import CMicroHTTPD
import Glibc
import Synchronization

/// The open connections by descriptor.
///
/// An entry is made before the library learns of a connection and removed in its last callback, which precedes the closing of the
/// descriptor. Whoever holds the lock therefore knows that a descriptor in the table is still the connection's own.
final class ConnectionTable: Sendable {
    private let connections = Mutex<[Int32: Connection]>([:])

    /// How many there are.
    var count: Int { connections.withLock { $0.count } }

    /// How many are between the first line of a request and the end of its answer.
    var busy: Int { connections.withLock { $0.values.count { $0.pace.isBusy } } }

    /// All of them.
    var all: [Connection] { connections.withLock { Array($0.values) } }

    /// Adds `connection`.
    func insert(_ connection: Connection) {
        connections.withLock { $0[connection.descriptor] = connection }
    }

    /// The connection on `descriptor`.
    func find(_ descriptor: Int32) -> Connection? {
        connections.withLock { $0[descriptor] }
    }

    /// Removes the connection on `descriptor` and says how many remain.
    func remove(_ descriptor: Int32) -> Int {
        connections.withLock {
            $0[descriptor] = nil
            return $0.count
        }
    }

    /// Shuts down every connection whose time is over at `now`; the library then sees its end and closes it.
    ///
    /// - Parameter headMilliseconds: The time for a head, which begins for an idle connection when its first byte comes.
    func sweep(now: UInt64, headMilliseconds: UInt64) {
        connections.withLock {
            for connection in $0.values where connection.pace.isOver(at: now, headMilliseconds: headMilliseconds, connection.descriptor) {
                shutdown(connection.descriptor, Int32(SHUT_RDWR))
            }
        }
    }
}
