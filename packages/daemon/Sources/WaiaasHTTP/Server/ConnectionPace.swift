import CMicroHTTPD
import Synchronization

/// Until when a connection must have gone on to its next step.
///
/// libmicrohttpd has an idle time-out only, which a client that sends a byte now and then never reaches. So each step has a deadline of
/// its own: set by the thread that serves the connection, read by the sweep.
final class ConnectionPace: Sendable {
    /// What a connection does. An idle one begins a request or is told to leave, whichever comes first: none ends within a request
    /// because it was idle a moment ago.
    private enum Phase: UInt8, AtomicRepresentable {
        /// No first line of a request is there.
        case idle
        /// A request is under way.
        case busy
        /// The connection was shut down while idle and begins no request.
        case leaving
    }

    private let phase = Atomic(Phase.idle)
    private let deadline: Atomic<UInt64>
    private let idleStart: Atomic<UInt64>
    /// When the first line of the request under way was there; `Deadline.never` while the client has nothing more to send.
    private let receivingSince = Atomic(Deadline.never)
    private let idleMark = Mutex<IdleMark?>(nil)

    /// What the sweep saw of an idle connection: its deadline then, and the bytes it had received.
    private struct IdleMark {
        var deadline: UInt64
        var received: UInt64
    }

    /// A connection that was opened just now and has `milliseconds` for its first head.
    init(milliseconds: UInt64) {
        let now = Deadline.now()
        deadline = Atomic(Deadline.after(milliseconds, from: now))
        idleStart = Atomic(now)
    }

    /// Whether a request is under way.
    var isBusy: Bool { phase.load(ordering: .relaxed) == .busy }

    /// Whether the connection waits for a request.
    var isIdle: Bool { phase.load(ordering: .relaxed) == .idle }

    /// Whether the connection was told to leave.
    var isLeaving: Bool { phase.load(ordering: .relaxed) == .leaving }

    /// When the connection was opened or its last request ended.
    var idleSince: UInt64 { idleStart.load(ordering: .relaxed) }

    /// The first line of a request is there; the head must be whole in `milliseconds`, or sooner if it began earlier.
    ///
    /// - Returns: False if the connection was told to leave.
    func beginRequest(milliseconds: UInt64) -> Bool {
        guard phase.compareExchange(expected: .idle, desired: .busy, ordering: .relaxed).exchanged else { return false }
        let now = Deadline.now()
        deadline.store(min(deadline.load(ordering: .relaxed), Deadline.after(milliseconds, from: now)), ordering: .relaxed)
        receivingSince.store(now, ordering: .relaxed)
        return true
    }

    /// The next step must be done in `milliseconds`.
    func allow(milliseconds: UInt64) {
        deadline.store(Deadline.after(milliseconds), ordering: .relaxed)
    }

    /// The client has nothing to do: a handler works.
    func allowAnyTime() {
        receivingSince.store(Deadline.never, ordering: .relaxed)
        deadline.store(Deadline.never, ordering: .relaxed)
    }

    /// The answer is out; the next request must begin within `milliseconds`.
    func endRequest(milliseconds: UInt64) {
        let now = Deadline.now()
        deadline.store(Deadline.after(milliseconds, from: now), ordering: .relaxed)
        idleStart.store(now, ordering: .relaxed)
        receivingSince.store(Deadline.never, ordering: .relaxed)
        // One that leaves had no request, and leaves.
        _ = phase.compareExchange(expected: .busy, desired: .idle, ordering: .releasing)
    }

    /// Tells an idle connection to leave; false if it is not idle (any more).
    func leave() -> Bool {
        phase.compareExchange(expected: .idle, desired: .leaving, ordering: .relaxed).exchanged
    }

    /// Why a connection's time is over.
    enum End {
        /// It is not.
        case none
        /// It was idle for too long, and has been told to leave.
        case idle
        /// Its request takes too long.
        case late
    }

    /// Whether the time is over at `now`, once. Called by the sweep alone.
    func end(
        at now: UInt64, headMilliseconds: UInt64, idleMilliseconds: UInt64, requestMilliseconds: UInt64, _ descriptor: Int32
    ) -> End {
        let seen = phase.load(ordering: .acquiring)
        let current = deadline.load(ordering: .relaxed)
        switch seen {
        case .leaving: return .none
        case .busy:
            let whole = Deadline.after(requestMilliseconds, from: receivingSince.load(ordering: .relaxed))
            guard min(current, whole) < now else { return .none }
            allowAnyTime()
            return .late
        case .idle:
            if min(current, Deadline.after(idleMilliseconds, from: idleSince)) < now { return leave() ? .idle : .none }
            shortenIfHeadBegan(current, now: now, headMilliseconds: headMilliseconds, descriptor)
            return .none
        }
    }

    /// The library says nothing before the first line of a head is whole, so the sweep asks TCP whether bytes have come meanwhile.
    private func shortenIfHeadBegan(_ current: UInt64, now: UInt64, headMilliseconds: UInt64, _ descriptor: Int32) {
        let received = waiaas_received_bytes(descriptor)
        let began = idleMark.withLock { mark in
            guard let seen = mark, seen.deadline == current else {
                mark = IdleMark(deadline: current, received: received)
                return false
            }
            return seen.received != received
        }
        let shortened = now &+ headMilliseconds
        if began, shortened < current {
            // The serving thread may have moved on meanwhile; its word stands.
            _ = deadline.compareExchange(expected: current, desired: shortened, ordering: .relaxed)
        }
    }
}
