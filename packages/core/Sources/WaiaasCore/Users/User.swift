/// Somebody who signs in with a password and is given tokens that anyone can verify.
public struct User: Equatable, Sendable {
    /// The name.
    public let id: UserID
    /// What a password is checked against: Argon2id in its usual text form (`$argon2id$…`).
    public var passwordHash: String
    /// Whether they may sign in and use their tokens.
    public var status: UserStatus
    /// Tokens issued before this are refused: the password was changed then, or the user was disabled. Nil if neither ever happened.
    public var tokensNotBefore: WallTime?
    /// When they were added.
    public let createdAt: WallTime
    /// When anything about them last changed.
    public var updatedAt: WallTime

    /// A user as it is stored.
    public init(
        id: UserID, passwordHash: String, status: UserStatus, tokensNotBefore: WallTime?, createdAt: WallTime, updatedAt: WallTime
    ) {
        self.id = id
        self.passwordHash = passwordHash
        self.status = status
        self.tokensNotBefore = tokensNotBefore
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// A user who was just added.
    public init(adding id: UserID, passwordHash: String, at now: WallTime) {
        self.init(id: id, passwordHash: passwordHash, status: .active, tokensNotBefore: nil, createdAt: now, updatedAt: now)
    }
}

/// Whether a user may sign in.
public enum UserStatus: Equatable, Sendable {
    /// They may.
    case active
    /// They may not, since this time.
    case disabled(since: WallTime)

    /// Whether the user is disabled.
    public var isDisabled: Bool {
        if case .disabled = self { true } else { false }
    }
}
