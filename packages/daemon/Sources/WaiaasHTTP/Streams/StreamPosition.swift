/// How far one client has come in a broadcast, and what it gets next. A rule without a socket.
struct StreamPosition {
    /// What is to be done for a client that has taken everything it was sent.
    enum Step: Equatable {
        /// There is nothing to send.
        case wait
        /// These bytes; so many frames were skipped.
        case send([UInt8], skipped: UInt64)
        /// The stream is over.
        case end
    }

    /// The newest frame that it was sent; 0 before the first.
    private(set) var number: UInt64 = 0
    /// When it was last sent something.
    private var lastSent: UInt64
    /// Until when it gets no second frame, counted from its beginning.
    private let heldUntil: UInt64
    private let repeatMilliseconds: UInt64

    init(of stream: HTTPStream, at now: UInt64) {
        lastSent = now
        heldUntil = stream.updatesAfter == .zero ? 0 : Deadline.after(stream.updatesAfter.milliseconds, from: now)
        repeatMilliseconds = stream.repeatEvery?.milliseconds ?? Deadline.never
    }

    /// The next step at `now`, where the broadcast has come to `status`.
    mutating func step(_ status: HTTPBroadcast.Status, heartbeat: [UInt8]?, at now: UInt64) -> Step {
        guard let newest = status.newest else { return status.isEnded ? .end : .wait }
        if newest.number > number, number == 0 || now >= heldUntil || status.isEnded {
            // What was published before the first frame was not meant for this client.
            let skipped = number == 0 ? 0 : newest.number &- number &- 1
            number = newest.number
            lastSent = now
            return .send(newest.bytes, skipped: skipped)
        }
        if status.isEnded { return .end }
        guard Deadline.after(repeatMilliseconds, from: lastSent) <= now else { return .wait }
        lastSent = now
        return .send(heartbeat ?? newest.bytes, skipped: 0)
    }
}
