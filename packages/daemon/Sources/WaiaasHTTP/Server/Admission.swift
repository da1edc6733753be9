/// Decides who gets a place, and who makes room for it. A value of the watch thread's own.
struct Admission {
    /// How long to leave the queue, or a network, alone when there was nothing to be had.
    static let pauseMilliseconds: UInt64 = 100

    private let places: Places
    private let table: ConnectionTable
    private var pausedUntil: UInt64 = 0
    /// The network that was refused last. One is enough to remember: of those that hold the greater part of all places there is only one.
    private var refused: (network: ClientNetwork, until: UInt64)?

    init(places: Places, table: ConnectionTable) {
        self.places = places
        self.table = table
    }

    /// Whether all places are taken.
    var isFull: Bool { table.count >= places.count }

    /// Whether so many places are taken that idle connections are given less time.
    var isCrowded: Bool { table.count > places.crowdedFrom }

    /// Whether the queue is left alone at `now`.
    func isPaused(at now: UInt64) -> Bool { now < pausedUntil }

    /// Whether a client in the queue has a prospect of a place: there is one, or one may be made and is not yet on its way.
    func isOpen(at now: UInt64) -> Bool {
        !isPaused(at: now) && (!isFull || table.leaving == 0)
    }

    /// Leaves the queue alone for a while.
    mutating func pause() {
        pausedUntil = Deadline.after(Self.pauseMilliseconds)
    }

    /// Somebody waits and all places are taken: idle connections end, if there are any.
    mutating func makeRoom() {
        if table.makeRoom(places.batch) == 0 { pause() }
    }

    /// Whether a client of `network` gets a place. One that has its share gets it from an idle connection of its own, or not at all.
    mutating func admits(_ network: ClientNetwork) -> Bool {
        guard table.held(by: network) >= places.perNetwork else { return true }
        if let refused, refused.network == network, Deadline.now() < refused.until { return false }
        if table.makeRoom(places.batch, among: network) > 0 { return true }
        refused = (network, Deadline.after(Self.pauseMilliseconds))
        return false
    }
}
