import Synchronization
import WaiaasAPI
import WaiaasCore

/// What clients were told, and what they asked for and were not told: after a crash the daemon must agree with it.
///
/// Strict both ways: what was answered must be so; what was asked and not answered may be so or not, but once it was seen it stays.
final class Ledger: Sendable {
    /// What is known of a session.
    enum Fate: Equatable, Sendable {
        /// Its token works.
        case alive
        /// Asked to be renewed: this token goes on working either way.
        case renewing
        /// Asked to be revoked.
        case revoking
        /// Its token never works again.
        case revoked
    }

    struct Entry: Sendable {
        let id: SessionID
        var token: String
        var kid: String
        var fate: Fate
    }

    /// A rotation that was asked for and not answered.
    enum Pending: Sendable { case none, ordinary, compromised }

    /// What was answered so far.
    struct Counts: Sendable {
        var issued = 0
        var renewed = 0
        var revoked = 0
        var rotated = 0
        var verdicts = 0
    }

    struct State: Sendable {
        var entries: [SessionID: Entry] = [:]
        /// The secrets that sign and verify, as answered.
        var current: String?
        var previous: String?
        /// When the previous one verifies no more.
        var previousEnds: WallTime?
        /// The secrets that verify no more.
        var ended: Set<String> = []
        var pending = Pending.none
        var issued: Set<SessionID> = []
        var revoked: Set<SessionID> = []
        var counts = Counts()
    }

    private let state = Mutex(State())

    /// All of it, now.
    var now: State { state.withLock { $0 } }

    func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

    /// A session was issued.
    func issued(_ id: SessionID, _ token: String) {
        state.withLock { state in
            state.entries[id] = Entry(id: id, token: token, kid: Self.kid(of: token), fate: .alive)
            state.issued.insert(id)
            state.counts.issued += 1
        }
    }

    /// A session is about to be renewed or revoked.
    func asking(_ id: SessionID, _ fate: Fate) { state.withLock { $0.entries[id]?.fate = fate } }

    /// It was renewed, or refused and stays as it is.
    func renewed(_ id: SessionID, _ token: String?) {
        state.withLock { state in
            state.entries[id]?.fate = .alive
            guard let token else { return }
            state.entries[id]?.token = token
            state.entries[id]?.kid = Self.kid(of: token)
            state.counts.renewed += 1
        }
    }

    /// It was revoked.
    func revoked(_ id: SessionID) {
        state.withLock { state in
            state.entries[id]?.fate = .revoked
            state.revoked.insert(id)
            state.counts.revoked += 1
        }
    }

    /// The secret was rotated.
    func rotated(_ answer: RotatedSecret) {
        state.withLock { state in
            state.pending = .none
            state.counts.rotated += 1
            state.current = state.current ?? answer.previousKid.text
            state.turn(to: answer.kid.text, previousEnds: answer.previousExpiry)
        }
    }

    /// The daemon's clock shows this time: the window of the last rotation may be over, and whatever the previous secret signed with it.
    func clockShows(_ time: WallTime) {
        state.withLock { state in
            guard let ends = state.previousEnds, time > ends, let previous = state.previous else { return }
            state.ended.insert(previous)
            (state.previous, state.previousEnds) = (nil, nil)
        }
    }

    static func kid(of token: String) -> String { Tokens.kid(of: token) ?? "none" }
}

extension Ledger.State {
    /// Another secret signs from now on; the one before is cut if its end is not given.
    mutating func turn(to kid: String, previousEnds: WallTime?) {
        if previousEnds == nil { ended.formUnion([current, previous].compactMap(\.self)) }
        previous = previousEnds == nil ? nil : current
        self.previousEnds = previousEnds
        current = kid
    }
}
