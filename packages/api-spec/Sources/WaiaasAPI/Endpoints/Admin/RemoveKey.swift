public import WaiaasCore

/// `DELETE /v1/admin/keys/{ring}/{kid}`: takes a key that does not sign out of a ring.
public enum RemoveKey: Operation {
    /// The path or the query.
    public typealias Parameters = KeyRemoval
    /// The answer.
    public typealias Output = RingReport
    /// The contract.
    public static let endpoint = describe(
        .delete, "/v1/admin/keys/{ring}/{kid}", area: .admin, authentication: .operator, problems: [.keyNotFound, .keySigns], changes: true,
        summary: "Take a key out of a ring",
        text: """
            A retiring key whose time is cut short, or a staged one that shall not come. With `tainted` the record says that it leaked.
            """)
}

/// Which key goes.
public struct KeyRemoval: Message {
    /// The ring.
    public let ring: RingName
    /// The key.
    public let kid: KeyID
    /// Whether it leaked.
    public let tainted: Bool?

    /// From its parts.
    public init(ring: RingName, kid: KeyID, tainted: Bool? = nil) {
        self.ring = ring
        self.kid = kid
        self.tainted = tainted
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which key goes.",
        [
            Field("ring", \.ring, "The ring."),
            Field("kid", \.kid, "The key."),
            .optional("tainted", \.tainted, "It has leaked. Default false."),
        ])
    /// A key that leaked.
    public static let example = KeyRemoval(ring: .user, kid: Sample.kid, tainted: true)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        ring = try object.required("ring")
        kid = try object.required("kid")
        tainted = try object.optional("tainted")
    }
}
