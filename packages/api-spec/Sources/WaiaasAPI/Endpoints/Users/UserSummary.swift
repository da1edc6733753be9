public import WaiaasCore

/// Whether a user may sign in, in the API.
public enum UserStatusName: String, CaseIterable, TextFieldValue {
    /// They may.
    case active = "ACTIVE"
    /// They may not.
    case disabled = "DISABLED"
}

/// A user as the API shows it.
public struct UserSummary: Message {
    /// The user's name.
    public let userId: UserID
    /// Whether they may sign in.
    public let status: UserStatusName
    /// Since when they are disabled.
    public let disabledAt: WallTime?
    /// When they were added.
    public let createdAt: WallTime
    /// When anything about them last changed.
    public let updatedAt: WallTime

    /// From its parts.
    public init(userId: UserID, status: UserStatusName, disabledAt: WallTime? = nil, createdAt: WallTime, updatedAt: WallTime) {
        self.userId = userId
        self.status = status
        self.disabledAt = disabledAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A user: somebody who signs in with a password.",
        [
            Field("userId", \.userId, "The user's name."),
            Field("status", \.status, "ACTIVE, or DISABLED: they cannot sign in, and their tokens are refused."),
            .optional("disabledAt", \.disabledAt, "Since when they are disabled."),
            Field("createdAt", \.createdAt, "When they were added."),
            Field("updatedAt", \.updatedAt, "When anything about them last changed."),
        ])
    /// A disabled user.
    public static let example = UserSummary(
        userId: Sample.userID, status: .disabled, disabledAt: Sample.later, createdAt: Sample.time, updatedAt: Sample.later)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("userId")
        status = try object.required("status")
        disabledAt = try object.optional("disabledAt")
        createdAt = try object.required("createdAt")
        updatedAt = try object.required("updatedAt")
    }
}

extension UserSummary {
    /// A user from the domain.
    public init(_ user: User) {
        var disabledAt: WallTime?
        if case .disabled(let since) = user.status { disabledAt = since }
        self.init(
            userId: user.id, status: user.status.isDisabled ? .disabled : .active, disabledAt: disabledAt, createdAt: user.createdAt,
            updatedAt: user.updatedAt)
    }
}
