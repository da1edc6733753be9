import WaiaasCore

/// `POST /v1/events/targets/check`: tries every target without changing anything.
public enum CheckEventTargets: Operation {
    /// The answer.
    public typealias Output = EventTargetChecks
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/targets/check", area: .events, authentication: .operator,
        summary: "Check the event targets",
        text: """
            Reads each target as a rotation would, and compares what it holds with the keys here. Nothing is written.
            """)
}

/// What a check of a target found.
public struct EventTargetCheck: Message {
    /// Its name.
    public let name: String
    /// What it is.
    public let kind: String
    /// Where it is.
    public let place: String
    /// Whether a rotation could write it.
    public let ok: Bool
    /// What was found, for a person.
    public let finding: String

    /// From its parts.
    public init(name: String, kind: String, place: String, ok: Bool, finding: String) {
        self.name = name
        self.kind = kind
        self.place = place
        self.ok = ok
        self.finding = finding
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a check of a target found.",
        [
            Field("name", \.name, "Its name."),
            Field("kind", \.kind, "What it is."),
            Field("place", \.place, "Where it is."),
            Field("ok", \.ok, "Whether a rotation could write it."),
            Field("finding", \.finding, "What was found, for a person."),
        ])
    /// A target in order.
    public static let example = EventTargetCheck(
        name: "vault-eu", kind: "vault", place: "secret/sigil/spiral-event-secret", ok: true, finding: "holds the keys of this daemon")

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
        kind = try object.required("kind")
        place = try object.required("place")
        ok = try object.required("ok")
        finding = try object.required("finding")
    }
}

/// What a check of the targets found.
public struct EventTargetChecks: Message {
    /// One entry a target, in the order of the configuration.
    public let targets: [EventTargetCheck]

    /// From its parts.
    public init(targets: [EventTargetCheck]) {
        self.targets = targets
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a check of the targets found.",
        [
            Field(
                "targets", \.targets, "One entry a target, in the order of the configuration.",
                schema: .array(of: EventTargetCheck.schema, count: 0...100))
        ])
    /// One target.
    public static let example = EventTargetChecks(targets: [.example])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        targets = try object.required("targets")
    }
}
