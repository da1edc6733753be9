public import WaiaasCore

/// `GET /v1/admin/secrets`: which secrets verify session tokens, by their public names.
public enum GetSecrets: Operation {
    /// The answer.
    public typealias Output = SecretsReport
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/admin/secrets", area: .admin, authentication: .operator, summary: "Show which secrets are in use",
        text: "Names and times only; no secret ever leaves the daemon.")
}

/// The session ring as the API shows it.
public struct SecretsReport: Message {
    /// The secret that signs.
    public let current: CurrentSecret
    /// The secret in its window.
    public let previous: PreviousSecret?
    /// When the last rotation was; nil after its window.
    public let rotatedAt: WallTime?
    /// When an ordinary rotation will be allowed; nil when it is allowed now.
    public let nextRotationAllowedAt: WallTime?
    /// Whether key material is kept out of swap.
    public let memoryLocked: Bool

    /// A report from its parts.
    public init(
        current: CurrentSecret, previous: PreviousSecret?, rotatedAt: WallTime?, nextRotationAllowedAt: WallTime?, memoryLocked: Bool
    ) {
        self.current = current
        self.previous = previous
        self.rotatedAt = rotatedAt
        self.nextRotationAllowedAt = nextRotationAllowedAt
        self.memoryLocked = memoryLocked
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which secrets verify session tokens.",
        [
            Field("current", \.current, "The secret that signs."),
            .optional("previous", \.previous, "The secret before, while it still verifies."),
            .optional("rotatedAt", \.rotatedAt, "When the rotation was whose window is open."),
            .optional(
                "nextRotationAllowedAt", \.nextRotationAllowedAt, "When an ordinary rotation will be allowed; absent when it is now."),
            Field("memoryLocked", \.memoryLocked, "Whether key material is locked in memory, so that it cannot be swapped out."),
        ])
    /// Inside a window.
    public static let example = SecretsReport(
        current: .example, previous: .example, rotatedAt: Sample.time, nextRotationAllowedAt: Sample.later, memoryLocked: true)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        current = try object.required("current")
        previous = try object.optional("previous")
        rotatedAt = try object.optional("rotatedAt")
        nextRotationAllowedAt = try object.optional("nextRotationAllowedAt")
        memoryLocked = try object.required("memoryLocked")
    }
}

/// The secret that signs.
public struct CurrentSecret: Message {
    /// Its public name.
    public let kid: KeyID
    /// When it was made; nil if that is not known.
    public let createdAt: WallTime?
    /// How many usable sessions have a token of it.
    public let sessions: Int64

    /// A secret from its parts.
    public init(kid: KeyID, createdAt: WallTime?, sessions: Int64) {
        self.kid = kid
        self.createdAt = createdAt
        self.sessions = sessions
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The secret that signs.",
        [
            Field("kid", \.kid, "Its public name."),
            .optional("createdAt", \.createdAt, "When it was made; absent if that is not known."),
            Field("sessions", \.sessions, "How many usable sessions have a token of it."),
        ])
    /// A secret.
    public static let example = CurrentSecret(kid: Sample.kid, createdAt: Sample.time, sessions: 12)

    /// Reads a secret.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        kid = try object.required("kid")
        createdAt = try object.optional("createdAt")
        sessions = try object.required("sessions")
    }
}

/// The secret that still verifies.
public struct PreviousSecret: Message {
    /// Its public name.
    public let kid: KeyID
    /// When its window ends.
    public let verifiesUntil: WallTime
    /// How long that is, in seconds.
    public let secondsLeft: Int64
    /// How many usable sessions have a token of it.
    public let sessions: Int64

    /// A secret from its parts.
    public init(kid: KeyID, verifiesUntil: WallTime, secondsLeft: Int64, sessions: Int64) {
        self.kid = kid
        self.verifiesUntil = verifiesUntil
        self.secondsLeft = secondsLeft
        self.sessions = sessions
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The secret before, in its window.",
        [
            Field("kid", \.kid, "Its public name."),
            Field("verifiesUntil", \.verifiesUntil, "When its window ends."),
            Field("secondsLeft", \.secondsLeft, "How long that is, in seconds."),
            Field("sessions", \.sessions, "How many usable sessions have a token of it."),
        ])
    /// A secret.
    public static let example = PreviousSecret(kid: Sample.previousKid, verifiesUntil: Sample.later, secondsLeft: 211, sessions: 2)

    /// Reads a secret.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        kid = try object.required("kid")
        verifiesUntil = try object.required("verifiesUntil")
        secondsLeft = try object.required("secondsLeft")
        sessions = try object.required("sessions")
    }
}
