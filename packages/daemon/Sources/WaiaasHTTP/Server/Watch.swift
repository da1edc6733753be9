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

    private let context: ServerContext
    private let daemon: LibraryDaemon
    private let listener: Int32
    private let places: Places
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
    /// - Parameter places: How many may be open at a time.
    init(context: ServerContext, daemon: LibraryDaemon, listener: Int32, places: Places) {
        self.places = places
        self.context = context
        self.daemon = daemon
        self.listener = listener
        let shortest = min(
            context.headMilliseconds, context.bodyMilliseconds, context.answerMilliseconds, context.idleMilliseconds,
            context.crowdedIdleMilliseconds)
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
            if waits { context.wake.signal() } else { continuation.resume(returning: context.busy) }
        }
    }

    /// The thread's body.
    func run() {
        var admission = Admission(places: places, table: context.connections)
        var sweepAt: UInt64 = 0
        while !hasEnded.load(ordering: .sequentiallyConsistent) {
            // Told before asked: whoever closes a connection after the second look sees that the watch waits for it.
            context.isFull.store(admission.isFull, ordering: .sequentiallyConsistent)
            if waitForEvent(admission) {
                if admission.isFull { admission.makeRoom() } else { accept(&admission) }
            }
            let now = Deadline.now()
            if now >= sweepAt {
                context.connections.sweep(
                    now: now, headMilliseconds: context.headMilliseconds,
                    idleMilliseconds: admission.isCrowded ? context.crowdedIdleMilliseconds : Deadline.never,
                    requestMilliseconds: admission.isFull ? context.crowdedIdleMilliseconds : Deadline.never)
                sweepAt = now &+ tick
            }
            endDrains(now: now)
        }
        let busy = context.busy
        let waiting = drains.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for drain in waiting { drain.continuation.resume(returning: busy) }
    }

    /// Sleeps until there is something to do; answers whether a connection waits.
    private func waitForEvent(_ admission: Admission) -> Bool {
        let now = Deadline.now()
        let mayAccept = isAccepting.load(ordering: .sequentiallyConsistent)
        let accepts = mayAccept && admission.isOpen(at: now)
        var events = [
            pollfd(fd: context.wake.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: accepts ? listener : -1, events: Int16(POLLIN), revents: 0),
        ]
        // Without connections there is nothing to sweep and nobody to wait for, unless accepting pauses.
        let isDraining = context.isDraining.load(ordering: .relaxed)
        let isQuiet = context.connections.count == 0 && !isDraining && (accepts || !mayAccept)
        var pause = isDraining ? Self.sweepMilliseconds.lowerBound : tick
        if admission.isPaused(at: now) { pause = min(pause, Admission.pauseMilliseconds) }
        guard poll(&events, 2, isQuiet ? -1 : Int32(clamping: pause)) > 0 else { return false }
        if events[0].revents != 0 { context.wake.clear() }
        return events[1].revents & Int16(POLLIN) != 0
    }

    private func accept(_ admission: inout Admission) {
        let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        for _ in 0..<Self.acceptedAtOnce where !admission.isFull {
            guard let accepted = SocketAddress.accept({ accept4(listener, $0, &$1, flags) }) else {
                // The process is out of descriptors or memory, and the queue still full.
                if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { admission.pause() }
                return
            }
            handOver(accepted.descriptor, accepted.peer, &admission)
        }
    }

    private func handOver(_ descriptor: Int32, _ address: SocketAddress, _ admission: inout Admission) {
        guard let client = Self.client(descriptor, address), admission.admits(client.network) else {
            close(descriptor)
            return
        }
        context.connections.insert(Connection(descriptor: descriptor, peer: client.peer, network: client.network, context: context))
        let result = address.withPointer { MHD_add_connection(daemon.pointer, descriptor, $0, $1) }
        // The library has closed the descriptor then.
        if result != .YES { context.connections.remove(descriptor) }
    }

    private static func client(_ descriptor: Int32, _ address: SocketAddress) -> (peer: HTTPPeer, network: ClientNetwork)? {
        if let network = address.network { return (.network(address: address.host), network) }
        var uid: UInt32 = 0
        return waiaas_peer_uid(descriptor, &uid) == 0 ? (.local(uid: uid), .local(uid: uid)) : nil
    }

    private func endDrains(now: UInt64) {
        guard context.isDraining.load(ordering: .relaxed) else { return }
        let busy = context.busy
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
