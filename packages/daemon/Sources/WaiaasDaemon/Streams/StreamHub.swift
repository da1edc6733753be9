import Synchronization
import WaiaasCore
import WaiaasHTTP

/// Who watches which panel. Panels announce here what changes and what ends; the bytes are sent by the HTTP server's stream thread.
final class StreamHub: Sendable {
    /// How many may watch.
    struct Limits: Sendable {
        /// All together.
        let streams: Int
        /// From one source: an address, or the /64 of an IPv6 one.
        let perSource: Int

        /// - Parameter streams: how many may watch; one source gets three quarters of them, so that none shuts out all others.
        init(streams: Int) {
            self.streams = streams
            perSource = max(1, streams / 4 * 3 + streams % 4 * 3 / 4)
        }
    }

    private struct Room {
        let channel: StreamChannel
        var seats = 0
    }

    private struct State {
        var rooms: [PanelKey: Room] = [:]
        var seats = 0
        var sources: [String: Int] = [:]
        var isClosed = false
    }

    let limits: Limits
    /// What the servers count.
    let tally = HTTPStreamTally()
    /// Viewers for whom there was no place.
    let refused = Counter()
    private let state = Mutex(State())

    init(_ limits: Limits) { self.limits = limits }

    /// Where panels announce. Neither call waits for a viewer.
    var feed: PanelFeed {
        PanelFeed(publish: { [self] in publish($0, $1) }, end: { [self] in end($0) })
    }

    /// Gives a viewer a place: whatever is announced of the panel from now on reaches it.
    ///
    /// - Parameter source: whom the viewer counts for.
    /// - Throws: `TOO_MANY_STREAMS`, `SHUTTING_DOWN`.
    func join(_ key: PanelKey, from source: String) throws(Problem) -> StreamSeat {
        let source = NetworkSource.text(of: source)
        let result: Result<StreamChannel, Problem> = state.withLock { state in
            guard !state.isClosed else { return .failure(Problem(.shuttingDown)) }
            guard state.seats < limits.streams, state.sources[source, default: 0] < limits.perSource else {
                return .failure(Problem(.tooManyStreams))
            }
            var room = state.rooms[key] ?? Room(channel: StreamChannel())
            room.seats += 1
            state.rooms[key] = room
            state.seats += 1
            state.sources[source, default: 0] += 1
            return .success(room.channel)
        }
        switch result {
        case .success(let channel): return StreamSeat(key, channel, for: source, in: self)
        case .failure(let problem):
            if problem.code == .tooManyStreams { refused.add() }
            throw problem
        }
    }

    /// Takes a viewer's place back. Called by the seat alone.
    func leave(_ seat: StreamSeat) {
        state.withLock { state in
            state.seats -= 1
            let left = state.sources[seat.source, default: 0] - 1
            state.sources[seat.source] = left > 0 ? left : nil
            // A panel that has ended and was made again has another channel.
            guard var room = state.rooms[seat.key], room.channel === seat.channel else { return }
            room.seats -= 1
            state.rooms[seat.key] = room.seats > 0 ? room : nil
        }
    }

    private func publish(_ key: PanelKey, _ frame: PanelFrame) {
        state.withLock { $0.rooms[key]?.channel }?.show(frame)
    }

    private func end(_ key: PanelKey) {
        state.withLock { $0.rooms.removeValue(forKey: key)?.channel }?.end(.farewell)
    }

    /// Ends every stream: the daemon stops.
    func close() {
        let rooms = state.withLock { state in
            state.isClosed = true
            defer { state.rooms = [:] }
            return state.rooms
        }
        for room in rooms.values { room.channel.end(.restart) }
    }

    /// How many watch, and how many panels are watched.
    var size: (seats: Int, panels: Int) { state.withLock { ($0.seats, $0.rooms.count) } }
}
