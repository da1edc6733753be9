public import WaiaasCore

/// What a rotation would do, told without doing it.
public struct RotationPlan: Message {
    /// Always true; tells a plan from a rotation.
    public let dryRun: Bool
    /// Whether the other form was asked about.
    public let compromised: Bool
    /// The secret that would stop signing.
    public let kid: KeyID
    /// The secret still in its window.
    public let previousKid: KeyID?
    /// How many usable sessions have a token of the current secret.
    public let sessionsOnCurrent: Int64
    /// How many have one of the previous secret.
    public let sessionsOnPrevious: Int64
    /// When the rotation will be allowed; nil when it is allowed now.
    public let allowedAt: WallTime?
    /// What would happen, in order.
    public let timeline: [PlannedStep]

    /// A plan from its parts.
    public init(
        compromised: Bool, kid: KeyID, previousKid: KeyID?, sessionsOnCurrent: Int64, sessionsOnPrevious: Int64, allowedAt: WallTime?,
        timeline: [PlannedStep]
    ) {
        dryRun = true
        self.compromised = compromised
        self.kid = kid
        self.previousKid = previousKid
        self.sessionsOnCurrent = sessionsOnCurrent
        self.sessionsOnPrevious = sessionsOnPrevious
        self.allowedAt = allowedAt
        self.timeline = timeline
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a rotation would do now; nothing was changed.",
        [
            Field("dryRun", \.dryRun, "Always true."),
            Field("compromised", \.compromised, "Whether the plan is for a leaked secret."),
            Field("kid", \.kid, "The secret that would stop signing."),
            .optional("previousKid", \.previousKid, "The secret that is still in its window."),
            Field("sessionsOnCurrent", \.sessionsOnCurrent, "How many usable sessions have a token of the current secret."),
            Field("sessionsOnPrevious", \.sessionsOnPrevious, "How many have a token of the previous one."),
            .optional("allowedAt", \.allowedAt, "When the rotation will be allowed; absent when it is allowed now."),
            Field("timeline", \.timeline, "What would happen, in order.", schema: .array(of: PlannedStep.schema, count: 0...16)),
        ])
    /// An ordinary rotation.
    public static let example = RotationPlan(
        compromised: false, kid: Sample.kid, previousKid: Sample.previousKid, sessionsOnCurrent: 12, sessionsOnPrevious: 2,
        allowedAt: Sample.later, timeline: [.example])

    /// Reads a plan.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        dryRun = try object.required("dryRun")
        compromised = try object.required("compromised")
        kid = try object.required("kid")
        previousKid = try object.optional("previousKid")
        sessionsOnCurrent = try object.required("sessionsOnCurrent")
        sessionsOnPrevious = try object.required("sessionsOnPrevious")
        allowedAt = try object.optional("allowedAt")
        timeline = try object.required("timeline")
    }
}

/// One step of a plan.
public struct PlannedStep: Message {
    /// When.
    public let at: WallTime
    /// What, in a sentence.
    public let event: String

    /// A step.
    public init(at: WallTime, event: String) {
        self.at = at
        self.event = event
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One step of a plan.",
        [
            Field("at", \.at, "When it would happen."),
            Field("event", \.event, "What would happen.", schema: .string(.text(1...256))),
        ])
    /// The end of a window.
    public static let example = PlannedStep(at: Sample.later, event: "3f9a2c7b1d4e5f60 stops verifying")

    /// Reads a step.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        at = try object.required("at")
        event = try object.required("event")
    }
}
