import CMicroHTTPD
import Glibc
import Synchronization

/// The open connections by descriptor, and how many each network holds.
///
/// An entry is made before the library learns of a connection and removed in its last callback, which precedes the closing of the
/// descriptor. Whoever holds the lock therefore knows that a descriptor in the table is still the connection's own.
final class ConnectionTable: Sendable {
    private struct State {
        var connections: [Int32: Connection] = [:]
        /// How many each network holds, without those that leave. A network that holds none has no entry.
        var held: [ClientNetwork: Int] = [:]
        /// How many were shut down while idle and are not yet closed.
        var leaving = 0

        mutating func release(_ network: ClientNetwork) {
            let left = held[network, default: 0] - 1
            held[network] = left > 0 ? left : nil
        }

        /// Shuts `connection` down, which has agreed to leave.
        mutating func dismiss(_ connection: Connection) {
            release(connection.network)
            leaving += 1
            shutdown(connection.descriptor, Int32(SHUT_RDWR))
        }
    }

    private let state = Mutex(State())

    /// How many there are.
    var count: Int { state.withLock { $0.connections.count } }

    /// How many are between the first line of a request and the end of its answer.
    var busy: Int { state.withLock { $0.connections.values.count { $0.pace.isBusy } } }

    /// How many were shut down while idle, and will be closed as soon as the library looks at them.
    var leaving: Int { state.withLock { $0.leaving } }

    /// All of them.
    var all: [Connection] { state.withLock { Array($0.connections.values) } }

    /// How many `network` holds, without those that leave.
    func held(by network: ClientNetwork) -> Int {
        state.withLock { $0.held[network, default: 0] }
    }

    /// Adds `connection`.
    func insert(_ connection: Connection) {
        state.withLock {
            $0.connections[connection.descriptor] = connection
            $0.held[connection.network, default: 0] += 1
        }
    }

    /// The connection on `descriptor`.
    func find(_ descriptor: Int32) -> Connection? {
        state.withLock { $0.connections[descriptor] }
    }

    /// Removes the connection on `descriptor`.
    func remove(_ descriptor: Int32) {
        state.withLock {
            guard let connection = $0.connections.removeValue(forKey: descriptor) else { return }
            if connection.pace.isLeaving { $0.leaving -= 1 } else { $0.release(connection.network) }
        }
    }

    /// Shuts down idle connections to make room for others, in the order of ``IdlePlace/inOrderOfLeaving(_:held:)``; the library then sees
    /// their end and closes them.
    ///
    /// - Parameters:
    ///   - count: How many at most.
    ///   - network: Whose; anybody's if nil.
    /// - Returns: How many it were.
    func makeRoom(_ count: Int, among network: ClientNetwork? = nil) -> Int {
        state.withLock { state in
            let idle = state.connections.values.lazy.filter { $0.pace.isIdle && (network == nil || $0.network == network) }
                .map { IdlePlace(descriptor: $0.descriptor, network: $0.network, idleSince: $0.pace.idleSince) }
            var made = 0
            for place in IdlePlace.inOrderOfLeaving(Array(idle), held: state.held) where made < count {
                guard let connection = state.connections[place.descriptor], !connection.hasUnreadBytes, connection.pace.leave() else {
                    continue
                }
                state.dismiss(connection)
                made += 1
            }
            return made
        }
    }

    /// Shuts down every connection whose time is over at `now`; the library then sees its end and closes it.
    ///
    /// - Parameters:
    ///   - headMilliseconds: The time for a head, which begins for an idle connection when its first byte comes.
    ///   - idleMilliseconds: The time an idle connection has at most, new ones too, whatever it was told when it became idle.
    ///   - requestMilliseconds: The time a request has at most until it is whole.
    func sweep(now: UInt64, headMilliseconds: UInt64, idleMilliseconds: UInt64, requestMilliseconds: UInt64) {
        state.withLock { state in
            for connection in state.connections.values {
                let end = connection.pace.end(
                    at: now, headMilliseconds: headMilliseconds, idleMilliseconds: idleMilliseconds,
                    requestMilliseconds: requestMilliseconds, connection.descriptor)
                switch end {
                case .none: break
                case .idle: state.dismiss(connection)
                case .late: shutdown(connection.descriptor, Int32(SHUT_RDWR))
                }
            }
        }
    }
}
