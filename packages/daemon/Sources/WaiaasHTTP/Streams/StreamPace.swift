/// Whether a client takes what it is sent. A rule without a socket.
struct StreamPace {
    /// How long a stream that is over may take to hand out its last frame: who stops a daemon waits for it.
    static let lastFrameMilliseconds: UInt64 = 2_000

    /// What lies unsent, and since when nothing of it was taken.
    struct Backlog: Equatable {
        let descriptor: Int32
        /// The same for all clients that are at the same frame.
        let frame: FrameID
        let bytes: Int
        let since: UInt64
    }

    /// A frame among those of all broadcasts.
    struct FrameID: Hashable {
        let broadcast: ObjectIdentifier
        let number: UInt64
    }

    /// Whether a client has taken nothing for too long.
    ///
    /// - Parameters:
    ///   - since: When it last took something.
    ///   - limit: How long it may take nothing, in milliseconds.
    ///   - isEnded: Whether its broadcast is over.
    static func isStalled(since: UInt64, at now: UInt64, limit: UInt64, isEnded: Bool) -> Bool {
        Deadline.after(isEnded ? min(limit, lastFrameMilliseconds) : limit, from: since) < now
    }

    /// The clients that must go so that the frames which slow clients keep in memory fit into `budget` bytes: those that have taken nothing
    /// for the longest time, as many as are needed. A frame counts once, and the newest of a broadcast does not count: it is there anyway.
    static func surplus(_ backlogs: [Backlog], budget: Int) -> [Int32] {
        var holders: [FrameID: (count: Int, bytes: Int)] = [:]
        for backlog in backlogs { holders[backlog.frame, default: (0, backlog.bytes)].count += 1 }
        var total = holders.values.reduce(0) { $0 + $1.bytes }
        guard total > budget else { return [] }
        var leaving: [Int32] = []
        for backlog in backlogs.sorted(by: { ($0.since, $0.descriptor) < ($1.since, $1.descriptor) }) where total > budget {
            leaving.append(backlog.descriptor)
            holders[backlog.frame]?.count -= 1
            if holders[backlog.frame]?.count == 0 { total -= backlog.bytes }
        }
        return leaving
    }
}
