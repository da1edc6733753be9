import WaiaasCore
import WaiaasCrypto

/// The stories of a user: added, signing in, a new password, disabled.
struct UserService: Sendable {
    let store: any Store
    let passwords: UserPasswords
    let refresh: RefreshService
    let restrictions: UserRestrictions
    let isRegistrationOpen: Bool
    let audit: AuditTrail
    let clocks: Clocks

    /// Adds a user.
    ///
    /// - Throws: ``Problem``: `USER_EXISTS`.
    func add(_ id: UserID, password: SecretBytes, for caller: Caller) async throws -> User {
        let hash = try await passwords.hash(password)
        return try await store.write { [self] transaction in
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
    /// - Throws: ``Problem``: `REGISTRATION_CLOSED`, `REFRESH_TOO_OFTEN`, `USER_EXISTS`.
    func register(_ id: UserID, password: SecretBytes, from address: String, for caller: Caller) async throws -> User {
        guard isRegistrationOpen else { throw Problem(.registrationClosed) }
        try refresh.countRequest(from: address)
        return try await add(id, password: password, for: caller)
    }

    /// The user with this name and password. Where registration is open, a name that nobody has is taken by whoever asks first.
    ///
    /// - Throws: ``Problem``: `INVALID_CREDENTIALS`, `USER_DISABLED`, `TOO_MANY_LOGINS`, `PASSWORDS_BUSY`.
    func signIn(_ id: UserID, password: SecretBytes, from address: String, for caller: Caller) async throws -> User {
        let found = try await store.read { try $0.user(id) }
        if found == nil, isRegistrationOpen, UserPasswords.lengthAllowed.contains(password.count) {
            do {
                return try await register(id, password: password, from: address, for: caller)
            } catch let problem as Problem where problem.code == .userExists {
                // Somebody was quicker; then the password must be theirs.
                return try await signIn(id, password: password, from: address, for: caller)
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
        let hash = try await passwords.hash(password)
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

    private func change(
        _ id: UserID, _ event: AuditEventName, ending reason: RevocationReason, _ caller: Caller,
        _ apply: @escaping @Sendable (inout User, WallTime) -> Void
    ) async throws -> User {
        let changed = try await store.write { [self] transaction in
            guard var user = try transaction.user(id) else { throw Problem(.userNotFound) }
            let now = clocks.now.wall
            apply(&user, now)
            user.tokensNotBefore = now
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
