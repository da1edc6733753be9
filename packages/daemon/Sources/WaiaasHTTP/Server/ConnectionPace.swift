import CMicroHTTPD
import Synchronization

/// Until when a connection must have gone on to its next step.
///
/// libmicrohttpd has an idle time-out only, which a client that sends a byte now and then never reaches. So each step has a deadline of
/// its own: set by the thread that serves the connection, read by the sweep.
final class ConnectionPace: Sendable {
    private let deadline: Atomic<UInt64>
    private let busy = Atomic(false)
    private let idleMark = Mutex<IdleMark?>(nil)

    /// What the sweep saw of an idle connection: its deadline then, and the bytes it had received.
    private struct IdleMark {
        var deadline: UInt64
        var received: UInt64
    }

    /// A connection that was opened just now and has `milliseconds` for its first head.
    init(milliseconds: UInt64) {
        deadline = Atomic(Deadline.after(milliseconds))
    }

    /// Whether a request is under way.
    var isBusy: Bool { busy.load(ordering: .relaxed) }

    /// The first line of a request is there; the head must be whole in `milliseconds`, or sooner if it began earlier.
    func beginRequest(milliseconds: UInt64) {
        busy.store(true, ordering: .relaxed)
        deadline.store(min(deadline.load(ordering: .relaxed), Deadline.after(milliseconds)), ordering: .relaxed)
    }

    /// The next step must be done in `milliseconds`.
    func allow(milliseconds: UInt64) {
        deadline.store(Deadline.after(milliseconds), ordering: .relaxed)
    }

    /// The client has nothing to do: a handler works.
    func allowAnyTime() {
        deadline.store(Deadline.never, ordering: .relaxed)
    }

    /// The answer is out; the next request must begin within `milliseconds`.
    func endRequest(milliseconds: UInt64) {
        deadline.store(Deadline.after(milliseconds), ordering: .relaxed)
        busy.store(false, ordering: .relaxed)
    }

    /// Whether the time is over at `now`. Called by the sweep alone.
    func isOver(at now: UInt64, headMilliseconds: UInt64, _ descriptor: Int32) -> Bool {
        let current = deadline.load(ordering: .relaxed)
        if current < now {
            deadline.store(Deadline.never, ordering: .relaxed)
            return true
        }
        if !isBusy { shortenIfHeadBegan(current, now: now, headMilliseconds: headMilliseconds, descriptor) }
        return false
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
