public import WaiaasCore

/// `PUT /v1/admin/master-password`: replaces the master password.
public enum ChangeMasterPassword: Operation {
    /// The answer.
    public typealias Output = ChangedPassword
    /// The field with the new password.
    public static let newPassword = SecretHeader(
        name: "X-New-Master-Password", text: "The new master password: 12 to 1,024 bytes of UTF-8, no control characters, no outer space.")
    /// The contract.
    public static let endpoint = describe(
        .put, "/v1/admin/master-password", area: .admin, authentication: .operator, secretHeaders: [newPassword], changes: true,
        summary: "Change the master password",
        text: """
            The present password stands in `X-Master-Password`, the new one in `X-New-Master-Password`. Only the wrapping of the master key \
            changes, in one transaction with the record `PASSWORD_CHANGED`: from the commit on the new one alone is right, here and at the \
            next start. No session is touched. One change at a time; another one meanwhile is told to come again.
            """)
}

/// The master password is another one.
public struct ChangedPassword: Message {
    /// When it was changed.
    public let changedAt: WallTime

    /// A change.
    public init(at changedAt: WallTime) { self.changedAt = changedAt }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The master password is another one.",
        [Field("changedAt", \.changedAt, "When it was changed.")])
    /// A change.
    public static let example = ChangedPassword(at: Sample.time)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) { changedAt = try object.required("changedAt") }
}
