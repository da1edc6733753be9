public import WaiaasCore

/// `POST /v1/events/rotate`: begins a rotation of the event secret.
public enum RotateEventSecret: Operation {
    /// The path or the query.
    public typealias Parameters = EventRotationChoice
    /// The answer.
    public typealias Output = EventRotationAnswer
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/rotate", area: .events, authentication: .operator, problems: [.eventRotationRunning], changes: true,
        summary: "Rotate the event secret",
        text: """
            Begins a job that goes on by itself: the new key is written to every target and fetched by every consumer before it signs; the one before verifies until the window ends. `GET /v1/events/status` shows how far it has come. With `compromised` a fresh key signs at once and every key before is refused at once; what was signed and not yet verified is lost. With `dry_run` nothing changes.
            """)
}

/// Which form of rotation.
public struct EventRotationChoice: Message {
    /// How long the key before goes on verifying, in seconds. Default 300.
    public let window: Int64?
    /// The key has leaked: no waiting, no window. Default false.
    public let compromised: Bool?
    /// Say what would happen and change nothing. Default false.
    public let dryRun: Bool?

    /// From its parts.
    public init(window: Int64? = nil, compromised: Bool? = nil, dryRun: Bool? = nil) {
        self.window = window
        self.compromised = compromised
        self.dryRun = dryRun
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which form of rotation.",
        [
            .optional(
                "window", \.window, "How long the key before goes on verifying, in seconds. Default 300.", schema: .integer(1...2_592_000)),
            .optional("compromised", \.compromised, "The key has leaked: no waiting, no window. Default false."),
            .optional("dry_run", \.dryRun, "Say what would happen and change nothing. Default false."),
        ])
    /// What would happen.
    public static let example = EventRotationChoice(window: 300, compromised: false, dryRun: true)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        window = try object.optional("window")
        compromised = try object.optional("compromised")
        dryRun = try object.optional("dry_run")
    }
}

/// What a rotation does.
public struct EventRotationAnswer: Message {
    /// Whether nothing was changed.
    public let dryRun: Bool
    /// The job.
    public let rotation: EventRotationReport?
    /// What happens when, if nobody is late.
    public let timeline: [PlannedStep]
    /// The consumers and targets that it waits for.
    public let waitsFor: [String]

    /// From its parts.
    public init(dryRun: Bool, rotation: EventRotationReport? = nil, timeline: [PlannedStep], waitsFor: [String]) {
        self.dryRun = dryRun
        self.rotation = rotation
        self.timeline = timeline
        self.waitsFor = waitsFor
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a rotation does, or would do.",
        [
            Field("dryRun", \.dryRun, "Whether nothing was changed."),
            .optional("rotation", \.rotation, "The job; absent in a dry run."),
            Field("timeline", \.timeline, "What happens when, if nobody is late.", schema: .array(of: PlannedStep.schema, count: 0...100)),
            Field(
                "waitsFor", \.waitsFor, "The consumers and targets that it waits for.",
                schema: .array(of: .string(.text(1...64)), count: 0...1_100)),
        ])
    /// A rotation that begins.
    public static let example = EventRotationAnswer(
        dryRun: false, rotation: .example, timeline: [PlannedStep(at: Sample.later, event: "the new key signs")], waitsFor: ["vault-eu"])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        dryRun = try object.required("dryRun")
        rotation = try object.optional("rotation")
        timeline = try object.required("timeline")
        waitsFor = try object.required("waitsFor")
    }
}

/// A rotation as a job.
public struct EventRotationReport: Message {
    /// Its id.
    public let rotationId: EventRotation.ID
    /// Its form.
    public let kind: EventRotation.Kind
    /// How far it has come.
    public let step: EventRotationStep
    /// The key that shall sign.
    public let kid: KeyID
    /// The key that signed before.
    public let previousKid: KeyID
    /// How long the key before goes on verifying after the promotion, in seconds.
    public let window: Int64
    /// When it began.
    public let startedAt: WallTime
    /// When it came so far.
    public let steppedAt: WallTime
    /// Who began it.
    public let initiator: String
    /// Who keeps it from going on.
    public let missing: [String]
    /// Whether it stands still until somebody resumes or aborts it.
    public let halted: Bool
    /// Who is no longer waited for.
    public let without: [String]
    /// Why it took itself back.
    public let failure: String?

    /// From its parts.
    public init(
        rotationId: EventRotation.ID, kind: EventRotation.Kind, step: EventRotationStep, kid: KeyID, previousKid: KeyID, window: Int64,
        startedAt: WallTime, steppedAt: WallTime, initiator: String, missing: [String], halted: Bool, without: [String],
        failure: String? = nil
    ) {
        self.rotationId = rotationId
        self.kind = kind
        self.step = step
        self.kid = kid
        self.previousKid = previousKid
        self.window = window
        self.startedAt = startedAt
        self.steppedAt = steppedAt
        self.initiator = initiator
        self.missing = missing
        self.halted = halted
        self.without = without
        self.failure = failure
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A rotation of the event secret.",
        [
            Field("rotationId", \.rotationId, "Its id; stands in every document and record that it writes."),
            Field("kind", \.kind, "Its form."),
            Field("step", \.step, "How far it has come."),
            Field("kid", \.kid, "The key that shall sign."),
            Field("previousKid", \.previousKid, "The key that signed before."),
            Field("window", \.window, "How long the key before goes on verifying after the promotion, in seconds."),
            Field("startedAt", \.startedAt, "When it began."),
            Field("steppedAt", \.steppedAt, "When it came so far."),
            Field("initiator", \.initiator, "Who began it."),
            Field(
                "missing", \.missing, "Who keeps it from going on; while `halted`, until it is resumed.",
                schema: .array(of: .string(.text(1...256)), count: 0...1_100)),
            Field("halted", \.halted, "Whether it stands still until somebody resumes or aborts it."),
            Field("without", \.without, "Who is no longer waited for.", schema: .array(of: .string(.text(1...64)), count: 0...1_100)),
            .optional("failure", \.failure, "Why it took itself back."),
        ])
    /// A rotation that waits for a consumer.
    public static let example = EventRotationReport(
        rotationId: Sample.rotationID, kind: .ordinary, step: .staged, kid: Sample.kid, previousKid: Sample.previousKid, window: 300,
        startedAt: Sample.time, steppedAt: Sample.time, initiator: "operator", missing: ["web-1"], halted: false, without: [])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        rotationId = try object.required("rotationId")
        kind = try object.required("kind")
        step = try object.required("step")
        kid = try object.required("kid")
        previousKid = try object.required("previousKid")
        window = try object.required("window")
        startedAt = try object.required("startedAt")
        steppedAt = try object.required("steppedAt")
        initiator = try object.required("initiator")
        missing = try object.required("missing")
        halted = try object.required("halted")
        without = try object.required("without")
        failure = try object.optional("failure")
    }
}
