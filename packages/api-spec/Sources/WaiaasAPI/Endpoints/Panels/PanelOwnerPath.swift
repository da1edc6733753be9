public import WaiaasCore

/// The parameter of an endpoint about all sessions of a user.
public struct PanelOwnerPath: Message {
    /// Whose they are.
    public let userId: UserID

    /// From its parts.
    public init(userId: UserID) {
        self.userId = userId
    }

    /// Its words and its members.
    public static let shape = Shape<Self>("Whose sessions.", [Field("user_id", \.userId, "Whose they are.")])
    /// One user.
    public static let example = PanelOwnerPath(userId: Sample.userID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        userId = try object.required("user_id")
    }
}
