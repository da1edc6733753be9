public import WaiaasCore

/// `DELETE /api/auth/families/{id}`: ends one of one's own logins.
public enum EndFamily: Operation {
    /// The path or the query.
    public typealias Parameters = FamilyPath
    /// The answer.
    public typealias Output = NoContent
    /// The contract.
    public static let endpoint = describe(
        .delete, "/api/auth/families/{id}", area: .users, authentication: .refreshCookie, status: 204,
        problems: [.refreshTokenExpired, .familyNotFound], changes: true,
        summary: "End one of one's own logins",
        text: """
            Its access tokens are refused here at once.
            """)
}

/// The parameter of an endpoint about one login.
public struct FamilyPath: Message {
    /// The login's id.
    public let id: FamilyID

    /// From its parts.
    public init(id: FamilyID) {
        self.id = id
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which login.",
        [
            Field("id", \.id, "The login's id.")
        ])
    /// One login.
    public static let example = FamilyPath(id: Sample.familyID)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        id = try object.required("id")
    }
}
