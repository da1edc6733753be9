import CMicroHTTPD
import Glibc
import Synchronization

/// The thread that accepts connections, ends those whose time is over, and tells when the last request is done.
///
/// The library could accept by itself, but `MHD_quiesce_daemon` may then abort the process when a worker is at its limit, and its
/// connection limit is one for each worker. Handing connections over also spreads them evenly.
final class Watch: Sendable {
    /// Connections taken from the queue before the sweep has its turn.
    private static let acceptedAtOnce = 64
    /// The longest and the shortest pause between two sweeps.
    private static let sweepMilliseconds: ClosedRange<UInt64> = 10...1_000
    /// How long to leave the queue alone when the process is out of descriptors or memory.
    private static let pauseMilliseconds: UInt64 = 100

    private let context: ServerContext
    private let daemon: LibraryDaemon
    private let listener: Int32
    private let limit: Int
    private let tick: UInt64
    private let isAccepting = Atomic(true)
    private let hasEnded = Atomic(false)
    /// Who waits; nil once the thread has ended.
    private let drains = Mutex<[Drain]?>([])

    /// Somebody who waits for the last request to end.
    private struct Drain {
        let deadline: UInt64
        let continuation: CheckedContinuation<Int, Never>
    }

    /// A watch over `listener` that hands connections to `daemon`.
    ///
    /// - Parameter connections: How many may be open at a time.
    init(context: ServerContext, daemon: LibraryDaemon, listener: Int32, connections: Int) {
        limit = connections
        self.context = context
        self.daemon = daemon
        self.listener = listener
        let shortest = min(context.headMilliseconds, context.bodyMilliseconds, context.answerMilliseconds, context.idleMilliseconds)
        tick = min(max(shortest / 8, Self.sweepMilliseconds.lowerBound), Self.sweepMilliseconds.upperBound)
    }

    /// No connection is accepted from now on.
    func stopAccepting() {
        isAccepting.store(false, ordering: .sequentiallyConsistent)
        context.wake.signal()
    }

    /// Ends the thread soon; whoever waits for the last request is told what is left.
    func end() {
        hasEnded.store(true, ordering: .sequentiallyConsistent)
        context.wake.signal()
    }

    /// Waits until no request is under way, or until `milliseconds` are over; answers how many are left.
    func drain(milliseconds: UInt64) async -> Int {
        await withCheckedContinuation { continuation in
            let drain = Drain(deadline: Deadline.after(milliseconds), continuation: continuation)
            let waits = drains.withLock { waiting in
                waiting?.append(drain)
                context.isDraining.store(waiting != nil, ordering: .sequentiallyConsistent)
                return waiting != nil
            }
            if waits { context.wake.signal() } else { continuation.resume(returning: context.connections.busy) }
        }
    }

    /// The thread's body.
    func run() {
        var acceptFrom: UInt64 = 0
        var sweepAt: UInt64 = 0
        while !hasEnded.load(ordering: .sequentiallyConsistent) {
            // Told before asked: whoever closes a connection after the second look sees that the watch waits for it.
            context.isFull.store(context.connections.count >= limit, ordering: .sequentiallyConsistent)
            let accepts =
                isAccepting.load(ordering: .sequentiallyConsistent) && Deadline.now() >= acceptFrom
                && context.connections.count < limit
            if waitForEvent(accepts: accepts), accept() == .exhausted { acceptFrom = Deadline.after(Self.pauseMilliseconds) }
            let now = Deadline.now()
            if now >= sweepAt {
                context.connections.sweep(now: now, headMilliseconds: context.headMilliseconds)
                sweepAt = now &+ tick
            }
            endDrains(now: now)
        }
        let busy = context.connections.busy
        let waiting = drains.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for drain in waiting { drain.continuation.resume(returning: busy) }
    }

    /// Sleeps until there is something to do; answers whether a connection waits.
    private func waitForEvent(accepts: Bool) -> Bool {
        var events = [
            pollfd(fd: context.wake.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: accepts ? listener : -1, events: Int16(POLLIN), revents: 0),
        ]
        // Without connections there is nothing to sweep and nobody to wait for, unless accepting pauses.
        let isQuiet = context.connections.count == 0 && (accepts || !isAccepting.load(ordering: .sequentiallyConsistent))
        let pause = context.isDraining.load(ordering: .relaxed) ? Self.sweepMilliseconds.lowerBound : tick
        guard poll(&events, 2, isQuiet ? -1 : Int32(clamping: pause)) > 0 else { return false }
        if events[0].revents != 0 { context.wake.clear() }
        return events[1].revents & Int16(POLLIN) != 0
    }

    private enum Acceptance { case done, exhausted }

    private func accept() -> Acceptance {
        let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        for _ in 0..<Self.acceptedAtOnce where context.connections.count < limit {
            guard let accepted = SocketAddress.accept({ accept4(listener, $0, &$1, flags) }) else {
                return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .exhausted : .done
            }
            handOver(accepted.descriptor, accepted.peer)
        }
        return .done
    }

    private func handOver(_ descriptor: Int32, _ address: SocketAddress) {
        guard let peer = Self.peer(descriptor, address) else {
            close(descriptor)
            return
        }
        context.connections.insert(Connection(descriptor: descriptor, peer: peer, context: context))
        let result = address.withPointer { MHD_add_connection(daemon.pointer, descriptor, $0, $1) }
        // The library has closed the descriptor then.
        if result != .YES { _ = context.connections.remove(descriptor) }
    }

    private static func peer(_ descriptor: Int32, _ address: SocketAddress) -> HTTPPeer? {
        guard Int32(address.family) == AF_UNIX else { return .network(address: address.host) }
        var uid: UInt32 = 0
        return waiaas_peer_uid(descriptor, &uid) == 0 ? .local(uid: uid) : nil
    }

    private func endDrains(now: UInt64) {
        guard context.isDraining.load(ordering: .relaxed) else { return }
        let busy = context.connections.busy
        let ended = drains.withLock { waiting in
            let all = waiting ?? []
            let left = all.filter { busy != 0 && $0.deadline > now }
            waiting = left
            context.isDraining.store(!left.isEmpty, ordering: .sequentiallyConsistent)
            return all.filter { busy == 0 || $0.deadline <= now }
        }
        for drain in ended { drain.continuation.resume(returning: busy) }
    }
}

/// The library's handle of a running daemon, valid until it is stopped.
struct LibraryDaemon: @unchecked Sendable {
    let pointer: OpaquePointer
}
