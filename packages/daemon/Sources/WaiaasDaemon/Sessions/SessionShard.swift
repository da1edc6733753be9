import WaiaasCore

/// A part of the live sessions: an open-addressed index over rows of fixed size that lie side by side, about 100 bytes a session.
///
/// A dictionary of such large values keeps a third to a half of its room free, each free place as large as a value, and doubles all of
/// it at once. Here only the index has free places, of eight bytes each. A row that goes leaves its place to the last one.
struct SessionShard: Sendable {
    /// What a verification compares: one line of the processor's cache.
    struct Row: Sendable {
        let id: SessionID
        let hash: Digest256
        let agentID: AgentID
    }

    /// When and with which key a session ends: beside the rows, so that counting a million of them does not read their hashes.
    struct End: Sendable {
        let expiresAt: WallTime
        let key: UInt32
    }

    /// One place of the index, in eight bytes.
    private struct Place: Sendable {
        static let free = Place(trace: 0, number: 0)

        /// Bits of the row's id: most rows of other ids need not be looked at, and the index moves without looking at any.
        let trace: UInt32
        /// The row's position plus one; 0 when nobody is here.
        var number: UInt32

        var isFree: Bool { number == 0 }
        var position: Int { Int(number) - 1 }
    }

    private static let leastPlaces = 16

    /// In no order.
    private(set) var rows: [Row] = []
    /// The end of the row at the same position.
    private(set) var ends: [End] = []
    /// Where the rows are found: a power of two of places, at least half of them free.
    private var places = [Place](repeating: .free, count: leastPlaces)
    /// The tokens before the last renewal, of the few sessions that were renewed within the minute.
    private var before: [SessionID: TokenBefore] = [:]

    /// Where a session lies; nil if there is none of this id.
    func position(of id: SessionID) -> Int? {
        let trace = Self.trace(of: id)
        var place = home(of: trace)
        while !places[place].isFree {
            if places[place].trace == trace, rows[places[place].position].id == id { return places[place].position }
            place = following(place)
        }
        return nil
    }

    /// The token before a session's last renewal.
    func tokenBefore(_ id: SessionID) -> TokenBefore? { before.isEmpty ? nil : before[id] }

    /// Adds a session, or replaces the one of this id.
    mutating func set(_ row: Row, _ end: End, tokenBefore: TokenBefore?) {
        if let tokenBefore {
            before[row.id] = tokenBefore
        } else if !before.isEmpty {
            before[row.id] = nil
        }
        if let position = position(of: row.id) {
            rows[position] = row
            ends[position] = end
            return
        }
        rows.append(row)
        ends.append(end)
        if rows.count * 2 > places.count { movePlaces(to: places.count * 2) }
        takePlace(Place(trace: Self.trace(of: row.id), number: UInt32(rows.count)))
    }

    /// Drops a session, if there is one of this id.
    mutating func remove(_ id: SessionID) {
        if let position = position(of: id) { remove(at: position) }
    }

    /// Drops the sessions for which `isGone` is true.
    mutating func removeAll(where isGone: (Row, End) -> Bool) {
        // From the end: the row that moves into a gap was asked already.
        for position in rows.indices.reversed() where isGone(rows[position], ends[position]) { remove(at: position) }
        if places.count > Self.leastPlaces, rows.count * 8 < places.count { shrink() }
    }

    /// Drops the tokens before whose minute is over.
    mutating func forgetTokensBefore(at now: WallTime) {
        if !before.isEmpty { before = before.filter { now <= $0.value.worksUntil } }
    }

    private mutating func remove(at position: Int) {
        before[rows[position].id] = nil
        leavePlace(position)
        let last = rows.count - 1
        if position != last {
            places[place(of: last)].number = UInt32(position + 1)
            rows[position] = rows[last]
            ends[position] = ends[last]
        }
        rows.removeLast()
        ends.removeLast()
    }

    /// Gives back the room that many sessions of the past took.
    private mutating func shrink() {
        rows = rows.map(\.self)
        ends = ends.map(\.self)
        var count = Self.leastPlaces
        while count < rows.count * 2 { count *= 2 }
        movePlaces(to: count)
    }

    private mutating func movePlaces(to count: Int) {
        let taken = places
        places = [Place](repeating: .free, count: count)
        for place in taken where !place.isFree { takePlace(place) }
    }

    private mutating func takePlace(_ new: Place) {
        var place = home(of: new.trace)
        while !places[place].isFree { place = following(place) }
        places[place] = new
    }

    /// Frees the place of a row and closes the gap: whoever was pushed on beyond it by a collision moves back.
    private mutating func leavePlace(_ position: Int) {
        var gap = place(of: position)
        var next = following(gap)
        while !places[next].isFree {
            let home = home(of: places[next].trace)
            // Whether the gap lies on the way from its home to where it is now.
            if (next &- home) & (places.count - 1) >= (next &- gap) & (places.count - 1) {
                places[gap] = places[next]
                gap = next
            }
            next = following(next)
        }
        places[gap] = .free
    }

    private func place(of position: Int) -> Int {
        var place = home(of: Self.trace(of: rows[position].id))
        while places[place].number != UInt32(position + 1) { place = following(place) }
        return place
    }

    /// Ids end in random bits that we chose ourselves, so they need no hash; the lowest six choose the shard.
    private static func trace(of id: SessionID) -> UInt32 { UInt32(truncatingIfNeeded: id.low >> 6) }

    private func home(of trace: UInt32) -> Int { Int(trace) & (places.count - 1) }

    private func following(_ place: Int) -> Int { (place + 1) & (places.count - 1) }
}
