public import WaiaasCore

/// The parameter of an endpoint about one session.
public struct SessionPath: Message {
    /// Which session.
    public let id: SessionID

    /// The path to a session.
    public init(id: SessionID) { self.id = id }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which session.", [Field("id", \.id, "The session's id.")])
    /// One session.
    public static let example = SessionPath(id: Sample.sessionID)

    /// Reads the parameter.
    public init(reading object: ObjectReader) throws(UnreadableField) { id = try object.required("id") }
}
