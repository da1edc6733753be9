public import WaiaasCore

/// A target and whether it holds what it should.
public struct EventTargetState: Message {
    /// Its name.
    public let name: String
    /// What it is: file, vault, kubernetes, aws-ssm, exec.
    public let kind: String
    /// Where it is.
    public let place: String
    /// Whether it holds what the rotation's step asks for.
    public let written: Bool?
    /// When it was last written or found right.
    public let writtenAt: WallTime?
    /// Why it was not written.
    public let fault: String?

    /// From its parts.
    public init(name: String, kind: String, place: String, written: Bool? = nil, writtenAt: WallTime? = nil, fault: String? = nil) {
        self.name = name
        self.kind = kind
        self.place = place
        self.written = written
        self.writtenAt = writtenAt
        self.fault = fault
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A place outside that holds the event secret.",
        [
            Field("name", \.name, "Its name."),
            Field("kind", \.kind, "What it is: file, vault, kubernetes, aws-ssm, exec."),
            Field("place", \.place, "Where it is; never a credential."),
            .optional(
                "written", \.written, "Whether it holds what the rotation's step asks for; absent until that was looked at since the start."
            ),
            .optional("writtenAt", \.writtenAt, "When it was last written or found right; absent since the daemon started."),
            .optional("fault", \.fault, "Why it was not written."),
        ])
    /// A target in order.
    public static let example = EventTargetState(
        name: "vault-eu", kind: "vault", place: "secret/sigil/spiral-event-secret", written: true, writtenAt: Sample.time)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
        kind = try object.required("kind")
        place = try object.required("place")
        written = try object.optional("written")
        writtenAt = try object.optional("writtenAt")
        fault = try object.optional("fault")
    }
}
