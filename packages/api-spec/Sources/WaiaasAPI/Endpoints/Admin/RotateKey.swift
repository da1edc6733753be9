public import WaiaasCore

/// `POST /v1/admin/keys/{ring}/rotate`: makes a new key pair of a ring.
public enum RotateKey: Operation {
    /// The path or the query.
    public typealias Parameters = KeyRotationChoice
    /// The answer.
    public typealias Output = KeyRotationAnswer
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/admin/keys/{ring}/rotate", area: .admin, authentication: .operator, problems: [.keyAlreadyStaged], changes: true,
        summary: "Rotate a ring of key pairs",
        text: """
            The next key of the user ring is published first and signs when nobody can hold an older copy of the key set; the timeline says when. With `compromised` a fresh key signs at once and everything before it is refused. The audit ring changes at once: the new public half is signed by the old. With `dry_run` nothing changes.
            """)
}

/// Which ring, and which form of rotation.
public struct KeyRotationChoice: Message {
    /// The ring.
    public let ring: RingName
    /// Whether a key has leaked.
    public let compromised: Bool?
    /// Whether to say only what would happen.
    public let dryRun: Bool?

    /// From its parts.
    public init(ring: RingName, compromised: Bool? = nil, dryRun: Bool? = nil) {
        self.ring = ring
        self.compromised = compromised
        self.dryRun = dryRun
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which ring, and which form of rotation.",
        [
            Field("ring", \.ring, "The ring."),
            .optional("compromised", \.compromised, "A key has leaked: no staging, everything before is refused. Default false."),
            .optional("dry_run", \.dryRun, "Say what would happen and change nothing. Default false."),
        ])
    /// What would happen.
    public static let example = KeyRotationChoice(ring: .user, compromised: false, dryRun: true)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        ring = try object.required("ring")
        compromised = try object.optional("compromised")
        dryRun = try object.optional("dry_run")
    }
}

/// What a rotation does.
public struct KeyRotationAnswer: Message {
    /// Which ring.
    public let ring: RingName
    /// Whether nothing was changed.
    public let dryRun: Bool
    /// The new key.
    public let kid: KeyID?
    /// What happens when.
    public let timeline: [PlannedStep]
    /// The keys after it.
    public let keys: [KeySummary]

    /// From its parts.
    public init(ring: RingName, dryRun: Bool, kid: KeyID? = nil, timeline: [PlannedStep], keys: [KeySummary]) {
        self.ring = ring
        self.dryRun = dryRun
        self.kid = kid
        self.timeline = timeline
        self.keys = keys
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a rotation does, or would do.",
        [
            Field("ring", \.ring, "Which ring."),
            Field("dryRun", \.dryRun, "Whether nothing was changed."),
            .optional("kid", \.kid, "The new key; absent in a dry run."),
            Field("timeline", \.timeline, "What happens when.", schema: .array(of: PlannedStep.schema, count: 0...1_000)),
            Field("keys", \.keys, "The keys after it.", schema: .array(of: KeySummary.schema, count: 1...1_000)),
        ])
    /// A key was staged.
    public static let example = KeyRotationAnswer(
        ring: .user, dryRun: false, kid: Sample.kid, timeline: [PlannedStep(at: Sample.later, event: "the new key signs")], keys: [.example]
    )

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        ring = try object.required("ring")
        dryRun = try object.required("dryRun")
        kid = try object.optional("kid")
        timeline = try object.required("timeline")
        keys = try object.required("keys")
    }
}
