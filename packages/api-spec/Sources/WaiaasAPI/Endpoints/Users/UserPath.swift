public import WaiaasCore

/// The parameter of an endpoint about one user.
public struct UserPath: Message {
    /// The user's name.
    public let userId: UserID

    /// From its parts.
    public init(userId: UserID) {
        self.userId = userId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which user.",
        [
            Field("userId", \.userId, "The user's name.")
        ])
    /// One user.
    public static let example = UserPath(userId: Sample.userID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("userId")
    }
}
