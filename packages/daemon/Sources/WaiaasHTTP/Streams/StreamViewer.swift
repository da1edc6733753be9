/// One client of a broadcast: its socket, and what is under way to it. It belongs to the stream thread.
final class StreamViewer {
    /// What became of an attempt to bring a client up to date.
    enum Progress {
        /// It has everything there is, or takes nothing more for now.
        case waits
        /// Its stream is over, and it has the last frame.
        case ended
        /// It is gone.
        case left
    }

    let socket: StreamSocket
    let stream: HTTPStream
    private let tally: HTTPStreamTally
    private var position: StreamPosition
    /// The head of the answer, a frame or a heartbeat; empty when nothing is under way.
    private var underWay: [UInt8]
    private var offset = 0
    private var isFrame = false
    /// Whether the kernel took all that it was given last.
    private var takesMore = true
    /// When the client last took something, or had nothing to take.
    private(set) var takenAt: UInt64

    init(_ socket: StreamSocket, head: [UInt8], _ stream: HTTPStream, _ tally: HTTPStreamTally, at now: UInt64) {
        self.socket = socket
        self.stream = stream
        self.tally = tally
        position = StreamPosition(of: stream, at: now)
        underWay = head
        takenAt = now
    }

    /// The kernel has room again.
    func becomeReady() { takesMore = true }

    /// Sends what there is, as far as the client takes it.
    func advance(_ status: HTTPBroadcast.Status, at now: UInt64) -> Progress {
        while true {
            if !underWay.isEmpty {
                guard takesMore else { return .waits }
                guard case .taken(let count) = socket.send(underWay, from: offset) else { return .left }
                if count > 0 { takenAt = now }
                offset += count
                guard offset == underWay.count else {
                    takesMore = false
                    return .waits
                }
                if isFrame { tally.countSent() }
                underWay = []
            }
            switch position.step(status, heartbeat: stream.broadcast.heartbeat, at: now) {
            case .wait: return .waits
            case .end: return .ended
            case .send(let bytes, let skipped):
                tally.countSkipped(skipped)
                (underWay, offset, isFrame, takenAt) = (bytes, 0, true, now)
            }
        }
    }

    /// What it has not taken yet; nil if it has taken everything.
    var backlog: StreamPace.Backlog? {
        guard !underWay.isEmpty else { return nil }
        return StreamPace.Backlog(
            descriptor: socket.descriptor,
            frame: StreamPace.FrameID(broadcast: ObjectIdentifier(stream.broadcast), number: position.number), bytes: underWay.count,
            since: takenAt)
    }

    /// Whether the frame under way is still the newest of its broadcast.
    func isAtNewest(of status: HTTPBroadcast.Status) -> Bool { position.number == status.newest?.number }
}
