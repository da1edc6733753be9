import CMicroHTTPD
import Glibc

/// What the stream thread does: it brings clients up to date, and ends those that are gone or take nothing.
///
/// Unchecked: it is made by whoever starts the thread and belongs to that thread from then on.
final class StreamLoop: @unchecked Sendable {
    /// Between two looks at clients that take nothing and at those that were sent nothing.
    private static let sweepMilliseconds: UInt64 = 250
    private static let eventsAtOnce = 256

    /// A broadcast and its clients here.
    private final class Audience {
        let broadcast: HTTPBroadcast
        var viewers: [Int32: StreamViewer] = [:]

        init(_ broadcast: HTTPBroadcast) { self.broadcast = broadcast }
    }

    private let thread: StreamThread
    private let epoll: Int32
    private var viewers: [Int32: StreamViewer] = [:]
    private var audiences: [ObjectIdentifier: Audience] = [:]
    private var events = [epoll_event](repeating: epoll_event(), count: StreamLoop.eventsAtOnce)

    /// Nil if the process has no descriptor left.
    init?(_ thread: StreamThread) {
        self.thread = thread
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0, watch(thread.wake.descriptor, for: EPOLLIN.rawValue) else { return nil }
    }

    deinit { if epoll >= 0 { close(epoll) } }

    /// The thread's body.
    func run() {
        var sweepAt = Deadline.now()
        while true {
            let orders = thread.take()
            guard orders.mayGoOn else {
                for arrival in orders.arrivals { admit(arrival) }
                break
            }
            for arrival in orders.arrivals { admit(arrival) }
            for broadcast in orders.changes { serve(broadcast) }
            let now = Deadline.now()
            if now >= sweepAt {
                sweep(at: now)
                sweepAt = now &+ Self.sweepMilliseconds
            }
            wait()
        }
        for viewer in viewers.values { remove(viewer, .ended) }
    }

    private func watch(_ descriptor: Int32, for what: UInt32) -> Bool {
        var event = epoll_event()
        event.events = what
        event.data.fd = descriptor
        return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0
    }

    /// Sleeps until somebody is ready, is gone, or the thread is told something.
    private func wait() {
        let count = epoll_wait(epoll, &events, Int32(events.count), viewers.isEmpty ? -1 : Int32(Self.sweepMilliseconds))
        guard count > 0 else { return }
        for event in events[..<Int(count)] {
            let descriptor = event.data.fd
            if descriptor == thread.wake.descriptor { thread.wake.clear() }
            guard let viewer = viewers[descriptor] else { continue }
            if event.events & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 {
                remove(viewer, .left)
            } else {
                viewer.becomeReady()
                advance(viewer, viewer.stream.broadcast.status, at: Deadline.now())
            }
        }
    }

    private func admit(_ arrival: StreamThread.Arrival) {
        let descriptor = arrival.socket.descriptor
        let viewer = StreamViewer(arrival.socket, head: arrival.head, arrival.stream, thread.tally, at: Deadline.now())
        thread.tally.countOpened()
        viewers[descriptor] = viewer
        let broadcast = arrival.stream.broadcast
        if let audience = audiences[ObjectIdentifier(broadcast)] {
            audience.viewers[descriptor] = viewer
        } else {
            let audience = Audience(broadcast)
            audience.viewers[descriptor] = viewer
            audiences[ObjectIdentifier(broadcast)] = audience
            // Before its status is read: what is published in between is seen.
            broadcast.join(thread)
        }
        arrival.socket.prepare(stallMilliseconds: thread.limits.stallMilliseconds)
        // Told on a change alone: a client that is gone already is reported at once.
        guard watch(descriptor, for: EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue) else { return remove(viewer, .dropped) }
        advance(viewer, broadcast.status, at: Deadline.now())
    }

    private func serve(_ broadcast: HTTPBroadcast) {
        guard let audience = audiences[ObjectIdentifier(broadcast)] else { return }
        let (status, now) = (broadcast.status, Deadline.now())
        for viewer in audience.viewers.values { advance(viewer, status, at: now) }
    }

    private func advance(_ viewer: StreamViewer, _ status: HTTPBroadcast.Status, at now: UInt64) {
        switch viewer.advance(status, at: now) {
        case .waits: break
        case .ended: remove(viewer, .ended)
        case .left: remove(viewer, .left)
        }
    }

    /// Repeats what is to be repeated, and ends those that take nothing.
    private func sweep(at now: UInt64) {
        var backlogs: [StreamPace.Backlog] = []
        for audience in audiences.values {
            let status = audience.broadcast.status
            for viewer in audience.viewers.values {
                guard let backlog = viewer.backlog else {
                    advance(viewer, status, at: now)
                    continue
                }
                if StreamPace.isStalled(
                    since: backlog.since, at: now, limit: thread.limits.stallMilliseconds, isEnded: status.isEnded)
                {
                    remove(viewer, .dropped)
                } else if !viewer.isAtNewest(of: status) {
                    backlogs.append(backlog)
                }
            }
        }
        for descriptor in StreamPace.surplus(backlogs, budget: thread.limits.heldBytes) {
            if let viewer = viewers[descriptor] { remove(viewer, .dropped) }
        }
    }

    private func remove(_ viewer: StreamViewer, _ end: HTTPStreamTally.End) {
        let descriptor = viewer.socket.descriptor
        guard viewers.removeValue(forKey: descriptor) != nil else { return }
        let key = ObjectIdentifier(viewer.stream.broadcast)
        if let audience = audiences[key] {
            audience.viewers[descriptor] = nil
            if audience.viewers.isEmpty {
                audiences[key] = nil
                audience.broadcast.leave(thread)
            }
        }
        // Closing takes it out of the epoll set: nobody else has this socket.
        viewer.socket.close()
        thread.tally.count(end)
        thread.release()
    }
}
