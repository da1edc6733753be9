import Synchronization

/// One source of frames for any number of clients. Each gets the newest frame as soon as it has taken the one before.
///
/// A frame lies in memory once, however many clients there are. No client has a queue: one that is slow skips what came meanwhile.
public final class HTTPBroadcast: Sendable {
    /// A frame and its place in the order of publication.
    struct Frame: Sendable {
        /// From 1 upwards.
        let number: UInt64
        let bytes: [UInt8]
    }

    /// What a client is to see.
    struct Status: Sendable {
        var newest: Frame?
        /// No frame comes any more; the newest is still delivered.
        var isEnded = false
    }

    private struct State {
        var status = Status()
        /// The threads that serve clients of this broadcast.
        var threads: [StreamThread] = []
    }

    /// Sent where nothing new is to be sent; nil for the newest frame once more.
    let heartbeat: [UInt8]?
    private let state = Mutex(State())

    /// A broadcast without a frame.
    ///
    /// - Parameter heartbeat: What a client gets that was sent nothing for ``HTTPStream/repeatEvery``; nil for the newest frame again.
    public init(heartbeat: [UInt8]? = nil) {
        self.heartbeat = heartbeat
    }

    /// Shows `frame` to every client, in the bytes in which it goes out. After the end it does nothing.
    public func publish(_ frame: [UInt8]) {
        change { Self.add(frame, to: &$0) }
    }

    /// Ends the stream of every client, once it has the newest frame.
    ///
    /// - Parameter last: A last frame.
    public func end(with last: [UInt8]? = nil) {
        change { status in
            if let last { Self.add(last, to: &status) }
            status.isEnded = true
        }
    }

    private static func add(_ bytes: [UInt8], to status: inout Status) {
        status.newest = Frame(number: (status.newest?.number ?? 0) &+ 1, bytes: bytes)
    }

    private func change(_ body: (inout Status) -> Void) {
        let threads: [StreamThread] = state.withLock { state in
            guard !state.status.isEnded else { return [] }
            body(&state.status)
            return state.threads
        }
        for thread in threads { thread.note(change: self) }
    }

    /// What a client is to see now.
    var status: Status { state.withLock { $0.status } }

    /// `thread` wants to know of changes from now on. Whoever reads ``status`` afterwards misses none.
    func join(_ thread: StreamThread) {
        state.withLock { $0.threads.append(thread) }
    }

    /// `thread` has no clients of this broadcast any more.
    func leave(_ thread: StreamThread) {
        state.withLock { $0.threads.removeAll { $0 === thread } }
    }
}
