import Synchronization
import WaiaasCore

/// Why a token may be refused though its signature is good, in memory: users who are disabled or were changed, and logins that were
/// revoked while a token of theirs had not ended. Nearly nobody is in it; the lock is held for one probe or one change.
final class UserRestrictions: Sendable {
    private struct State {
        var users: [UserID: UserRestriction]
        var families: [FamilyID: WallTime]
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - users: who is restricted.
    ///   - families: revoked logins with the ends of their last tokens.
    init(users: [UserID: UserRestriction] = [:], families: [FamilyID: WallTime] = [:]) {
        state = Mutex(State(users: users, families: families))
    }

    /// Whether a token of a user must be refused.
    func refuses(_ token: UserToken, of user: UserID?) -> Bool {
        state.withLock { state in
            if let family = token.family, state.families[family] != nil { return true }
            switch user.flatMap({ state.users[$0] }) {
            case nil: return false
            case .disabled: return true
            case .notBefore(let time): return token.issuedAtExactly < time
            }
        }
    }

    /// Takes over a user's change after its commit.
    func set(_ user: User) {
        state.withLock { state in
            state.users[user.id] = user.status.isDisabled ? .disabled : user.tokensNotBefore.map { .notBefore($0) }
        }
    }

    /// Takes over the revocation of logins after its commit.
    func revoke(_ families: [FamilyID: WallTime]) {
        state.withLock { state in state.families.merge(families) { max($0, $1) } }
    }

    /// Forgets what no living token can meet any more. Called once a minute.
    ///
    /// - Parameter longestLife: the longest life of a token, with the leeway of its verification.
    func sweep(at now: WallTime, longestLife: Duration) {
        state.withLock { state in
            state.families = state.families.filter { $0.value + SessionLimits.leeway >= now }
            state.users = state.users.filter { entry in
                guard case .notBefore(let time) = entry.value else { return true }
                return time + longestLife >= now
            }
        }
    }
}
