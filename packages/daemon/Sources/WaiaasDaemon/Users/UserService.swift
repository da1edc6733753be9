import WaiaasCore
import WaiaasCrypto

/// The stories of a user: added, signing in, a new password, disabled.
struct UserService: Sendable {
    let store: any Store
    let passwords: UserPasswords
    let refresh: RefreshService
    let restrictions: UserRestrictions
    let isRegistrationOpen: Bool
    /// How many users there may be before nobody can add themselves; 0 for any number.
    let maxUsers: Int
    /// Users whom one address may add in a minute, whatever else is limited.
    let registrations = RateLimiter<String>(RateLimit(10, per: .seconds(60)), sources: 10_000)
    let audit: AuditTrail
    let clocks: Clocks

    /// Adds a user.
    ///
    /// - Throws: ``Problem``: `USER_EXISTS`, also where an OAuth client has the name; `VALIDATION_ERROR` for the name of an agent.
    func add(_ id: UserID, password: SecretBytes, for caller: Caller) async throws -> User {
        try await add(id, password: password, hashedIn: .operator, atMost: 0, for: caller)
    }

    private func add(
        _ id: UserID, password: SecretBytes, hashedIn line: UserPasswords.Line, atMost bound: Int, for caller: Caller
    ) async throws -> User {
        // A token's `sub` is a user's name, a client's or an agent's id: no two of them may be the same.
        guard !IdentifierForm.fits(id.text) else { throw Problem.takenForAgent(path: "$.userId", id.text) }
        let hash = try await passwords.hash(password, in: line)
        return try await store.write { [self] transaction in
            if let client = OAuthClient.ID(id.text), try transaction.oauthClient(client) != nil {
                throw Problem(.userExists, message: "An OAuth client has this name.")
            }
            if bound > 0, try transaction.userCounts().all >= bound {
                throw Problem(
                    .registrationClosed, message: "There are as many users as may add themselves.",
                    hint: "The operator may add a user (waiaas user add), or raise auth.max_users.")
            }
            let user = User(adding: id, passwordHash: hash.text, at: clocks.now.wall)
            guard try transaction.insert(user) else { throw Problem(.userExists) }
            try audit.append(
                AuditEvent(.userAdded, by: caller.actor, requestID: caller.requestID, details: [AuditDetail("user", id.text)]),
                to: transaction)
            return user
        } committed: { _ in
        }
    }

    /// Adds a user who asks for it themselves.
    ///
    /// - Throws: ``Problem``: `REGISTRATION_CLOSED`, `TOO_MANY_LOGINS`, `USER_EXISTS`, `VALIDATION_ERROR`.
    func register(_ id: UserID, password: SecretBytes, from address: String, for caller: Caller) async throws -> User {
        guard isRegistrationOpen else { throw Problem(.registrationClosed) }
        if let wait = registrations.take(NetworkSource.text(of: address), at: clocks.now.continuous) {
            throw Problem(.tooManyLogins, message: "Too many users are added from this address.", retryAfterSeconds: wait.secondsRoundedUp)
        }
        let caller = Caller(actor: .unknown(address: address), requestID: caller.requestID)
        return try await add(id, password: password, hashedIn: .everybody, atMost: maxUsers, for: caller)
    }

    /// The user with this name and password. Where registration is open, a name that nobody has is taken by whoever asks first.
    ///
    /// - Throws: ``Problem``: `INVALID_CREDENTIALS`, `USER_DISABLED`, `TOO_MANY_LOGINS`, `PASSWORDS_BUSY`.
    func signIn(_ id: UserID, password: SecretBytes, from address: String, for caller: Caller) async throws -> User {
        try passwords.countSignIn(from: address)
        var found = try await store.read { try $0.user(id) }
        if found == nil, isRegistrationOpen, UserPasswords.lengthAllowed.contains(password.count), !IdentifierForm.fits(id.text) {
            do {
                return try await register(id, password: password, from: address, for: caller)
            } catch let problem as Problem where problem.code == .userExists || problem.code == .registrationClosed {
                // Somebody was quicker; then the password must be theirs. A client's name, and one that is too many, stays nobody's.
                found = try await store.read { try $0.user(id) }
            }
        }
        guard try await passwords.holds(password, for: found, named: id, from: address), let found else {
            throw Problem(.invalidCredentials)
        }
        guard !found.status.isDisabled else { throw Problem(.userDisabled) }
        return found
    }

    /// Gives a user a new password. Their logins and tokens end.
    ///
    /// - Throws: ``Problem``: `USER_NOT_FOUND`.
    func setPassword(_ password: SecretBytes, of id: UserID, for caller: Caller) async throws -> User {
        let hash = try await passwords.hash(password, in: .operator)
        return try await change(id, .userPasswordChanged, ending: .passwordChanged, caller) { user, _ in user.passwordHash = hash.text }
    }

    /// Disables a user, or lets them in again. Disabling ends their logins and tokens; setting what is set changes nothing.
    ///
    /// - Throws: ``Problem``: `USER_NOT_FOUND`.
    func setDisabled(_ disables: Bool, user id: UserID, for caller: Caller) async throws -> User {
        let user = try await user(id)
        guard user.status.isDisabled != disables else { return user }
        return try await change(id, disables ? .userDisabled : .userEnabled, ending: .userDisabled, caller) { user, now in
            user.status = disables ? .disabled(since: now) : .active
        }
    }

    /// One user.
    ///
    /// - Throws: ``Problem``: `USER_NOT_FOUND`.
    func user(_ id: UserID) async throws -> User {
        guard let user = try await store.read({ try $0.user(id) }) else { throw Problem(.userNotFound) }
        return user
    }

    /// A page of users.
    func users(after: UserID?, limit: Int) async throws -> [User] {
        try await store.read { try $0.users(after: after, limit: limit) }
    }

    /// From when on a token of a changed user is good: later than any of before, of the same millisecond too.
    ///
    /// A change that seems to lie further ahead than the leeway was made under a wrong clock. Tokens of then are refused for coming from the
    /// future, and fresh ones must not be refused until it comes.
    static func notBefore(at now: WallTime, after previous: WallTime?) -> WallTime {
        min(max(now, previous ?? now), now + SessionLimits.leeway) + .milliseconds(1)
    }

    private func change(
        _ id: UserID, _ event: AuditEventName, ending reason: RevocationReason, _ caller: Caller,
        _ apply: @escaping @Sendable (inout User, WallTime) -> Void
    ) async throws -> User {
        let changed = try await store.write { [self] transaction in
            guard var user = try transaction.user(id) else { throw Problem(.userNotFound) }
            let now = clocks.now.wall
            apply(&user, now)
            user.tokensNotBefore = Self.notBefore(at: now, after: user.tokensNotBefore)
            user.updatedAt = now
            try transaction.update(user)
            let ended = try transaction.revokeFamilies(of: .user(id), .init(at: now, reason: reason))
            try audit.append(
                AuditEvent(
                    event, by: caller.actor, requestID: caller.requestID,
                    details: [AuditDetail("user", id.text), AuditDetail("loginsEnded", Int64(ended.count))]), to: transaction)
            return (user, ended)
        } committed: { [restrictions] changed in
            restrictions.set(changed.0)
            restrictions.revoke(changed.1)
        }
        return changed.0
    }
}
