public import WaiaasCore

/// How the event secret does, in a few words.
public struct EventHealth: Message {
    /// The key that signs.
    public let kid: KeyID
    /// When it was made or imported.
    public let createdAt: WallTime?
    /// How far the rotation that runs has come.
    public let step: EventRotationStep?
    /// What somebody should look at.
    public let trouble: [String]
    /// When the schedule rotates next.
    public let nextRotationAt: WallTime?

    /// From its parts.
    public init(kid: KeyID, createdAt: WallTime? = nil, step: EventRotationStep? = nil, trouble: [String], nextRotationAt: WallTime? = nil)
    {
        self.kid = kid
        self.createdAt = createdAt
        self.step = step
        self.trouble = trouble
        self.nextRotationAt = nextRotationAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "How the event secret does.",
        [
            Field("kid", \.kid, "The key that signs."),
            .optional("createdAt", \.createdAt, "When it was made or imported; absent if that is not known."),
            .optional("step", \.step, "How far the rotation that runs has come; absent if none does."),
            Field(
                "trouble", \.trouble, "What somebody should look at, a sentence each; empty if all is well.",
                schema: .array(of: .string(.text(1...4_096)), count: 0...100)),
            .optional("nextRotationAt", \.nextRotationAt, "When the schedule rotates next; absent without one."),
        ])
    /// A rotation that waits.
    public static let example = EventHealth(
        kid: Sample.kid, createdAt: Sample.time, step: .staged, trouble: ["the rotation stands still at staged: web-1 missing"],
        nextRotationAt: Sample.nextMonth)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        kid = try object.required("kid")
        createdAt = try object.optional("createdAt")
        step = try object.optional("step")
        trouble = try object.required("trouble")
        nextRotationAt = try object.optional("nextRotationAt")
    }
}
