import Synchronization
import WaiaasCore

/// Why a token may be refused though its signature is good, in memory: users who are disabled or were changed, and logins that were
/// revoked while a token of theirs had not ended. Nearly nobody is in it; the lock is held for one probe or one change.
///
/// What is remembered is forgotten when both clocks say that no token can meet it any more: a wall clock that jumps ahead and is set
/// right again must not bring a revoked token back to life. What may be older than this process counts as issued when it began, for
/// the clock of then, and that of the start, may have been wrong; a day later no such token lives.
final class UserRestrictions: Sendable {
    private struct State {
        var wall: CautiousWall
        var disabled: Set<UserID> = []
        var changed: [UserID: (notBefore: WallTime, until: ContinuousTime)] = [:]
        var families: [FamilyID: (end: WallTime, until: ContinuousTime)] = [:]
    }

    /// How long a token may still be accepted that was issued just now.
    private static let longest = UserTokenLimits.longestLife + SessionLimits.leeway

    private let state: Mutex<State>
    private let clocks: Clocks
    private let start: Moment

    /// - Parameters:
    ///   - users: who is restricted: all of them, since a wall clock that is ahead takes for over what is not.
    ///   - families: revoked logins with the ends of their last tokens, for the same reason all that the store has.
    init(users: [UserID: UserRestriction] = [:], families: [FamilyID: WallTime] = [:], clocks: Clocks) {
        self.clocks = clocks
        start = clocks.now
        state = Mutex(State(wall: CautiousWall(at: start)))
        for (user, restriction) in users { set(restriction, for: user) }
        revoke(families)
    }

    /// Whether a token of a user must be refused.
    func refuses(_ token: UserToken, of user: UserID?) -> Bool {
        state.withLock { state in
            if let family = token.family, state.families[family] != nil { return true }
            guard let user else { return false }
            if state.disabled.contains(user) { return true }
            guard let change = state.changed[user] else { return false }
            return token.issuedAtExactly < change.notBefore
        }
    }

    /// Whether a user may not sign in, nor show anything.
    func isDisabled(_ user: UserID) -> Bool { state.withLock { $0.disabled.contains(user) } }

    /// Takes over a user's change after its commit.
    func set(_ user: User) { set(user.status.isDisabled ? .disabled : user.tokensNotBefore.map { .notBefore($0) }, for: user.id) }

    private func set(_ restriction: UserRestriction?, for user: UserID) {
        let until = clocks.now.continuous + Self.longest
        state.withLock { state in
            switch restriction {
            case .disabled: state.disabled.insert(user)
            case .notBefore(let time):
                state.disabled.remove(user)
                state.changed[user] = (time, until)
            case nil:
                state.disabled.remove(user)
                state.changed[user] = nil
            }
        }
    }

    /// Takes over the revocation of logins after its commit. A login whose last token has ended needs no entry.
    func revoke(_ families: [FamilyID: WallTime]) {
        guard !families.isEmpty else { return }
        let now = clocks.now
        state.withLock { state in
            let wall = state.wall.look(at: now)
            for (family, end) in families {
                let end = max(end, state.families[family]?.end ?? end)
                var until = now.continuous + min(max(.zero, end - wall), Self.longest) + SessionLimits.leeway
                if isOlderThanStart(family) { until = max(until, start.continuous + Self.longest) }
                if end + SessionLimits.leeway < wall, until <= now.continuous + SessionLimits.leeway { continue }
                state.families[family] = (end, until)
            }
        }
    }

    /// Takes over everything that the store restricts; who is not among it is not restricted.
    func takeAll(users: [UserID: UserRestriction], families: [FamilyID: WallTime]) {
        state.withLock { state in
            state.disabled = []
            state.changed = [:]
        }
        for (user, restriction) in users { set(restriction, for: user) }
        revoke(families)
    }

    /// Whether a login may have begun before this process did. Its id tells its time.
    private func isOlderThanStart(_ family: FamilyID) -> Bool {
        WallTime(milliseconds: Int64(clamping: family.high >> 16)) < start.wall
    }

    /// The time by which what is over may be forgotten, and removed from the store.
    func cautiousNow() -> WallTime {
        let now = clocks.now
        return state.withLock { $0.wall.look(at: now) }
    }

    /// Forgets what no living token can meet any more. Called once a minute.
    func sweep() {
        let now = clocks.now
        state.withLock { state in
            let wall = state.wall.look(at: now)
            state.families = state.families.filter {
                wall <= $0.value.end + SessionLimits.leeway || now.continuous <= $0.value.until
            }
            state.changed = state.changed.filter { wall <= $0.value.notBefore + Self.longest || now.continuous <= $0.value.until }
        }
    }

    /// How much is remembered.
    var count: Int { state.withLock { $0.disabled.count + $0.changed.count + $0.families.count } }
}
