import Synchronization

/// What has become of the streams of one server, or of several that share a tally.
public final class HTTPStreamTally: Sendable {
    private let opened = Atomic<UInt64>(0)
    private let ended = Atomic<UInt64>(0)
    private let left = Atomic<UInt64>(0)
    private let dropped = Atomic<UInt64>(0)
    private let sent = Atomic<UInt64>(0)
    private let skipped = Atomic<UInt64>(0)

    /// A tally of nothing.
    public init() {}

    /// How a stream ended.
    enum End {
        /// Its broadcast ended, or the server stopped.
        case ended
        /// Its client went away.
        case left
        /// Its client did not take what was sent.
        case dropped
    }

    /// What was counted so far.
    public struct Counts: Sendable, Equatable {
        /// Streams begun.
        public var opened: UInt64
        /// Streams ended from this side, with the last frame.
        public var ended: UInt64
        /// Streams whose client went away.
        public var left: UInt64
        /// Streams cut off because their client did not take what was sent.
        public var dropped: UInt64
        /// Frames whose last byte was handed to the kernel, repeated ones and heartbeats counted.
        public var framesSent: UInt64
        /// Frames that a client did not get because a newer one was there when it was ready.
        public var framesSkipped: UInt64
        /// Streams that are open.
        public var open: UInt64 { opened &- ended &- left &- dropped }
    }

    /// What was counted so far. Endings are read first: a stream never counts as ended that does not count as opened.
    public var counts: Counts {
        var counts = Counts(
            opened: 0, ended: ended.load(ordering: .acquiring), left: left.load(ordering: .acquiring),
            dropped: dropped.load(ordering: .acquiring), framesSent: sent.load(ordering: .relaxed),
            framesSkipped: skipped.load(ordering: .relaxed))
        counts.opened = opened.load(ordering: .acquiring)
        return counts
    }

    func countOpened() { opened.wrappingAdd(1, ordering: .releasing) }

    func count(_ end: End) {
        switch end {
        case .ended: ended.wrappingAdd(1, ordering: .releasing)
        case .left: left.wrappingAdd(1, ordering: .releasing)
        case .dropped: dropped.wrappingAdd(1, ordering: .releasing)
        }
    }

    func countSent() { sent.wrappingAdd(1, ordering: .relaxed) }

    func countSkipped(_ frames: UInt64) {
        if frames > 0 { skipped.wrappingAdd(frames, ordering: .relaxed) }
    }
}
