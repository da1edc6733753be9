public import WaiaasCore

/// A rotation that was done.
public struct RotatedSecret: Message {
    /// Until when the secret before verifies; nil when it stopped at once.
    public let previousExpiry: WallTime?
    /// When.
    public let rotatedAt: WallTime
    /// The secret that signs now.
    public let kid: KeyID
    /// The secret before.
    public let previousKid: KeyID
    /// How many usable sessions have a token of the secret before.
    public let sessionsOnPrevious: Int64
    /// The sessions whose tokens stopped; nil for an ordinary rotation.
    public let sessionsCut: CutSessions?

    /// An answer from its parts.
    public init(
        previousExpiry: WallTime?, rotatedAt: WallTime, kid: KeyID, previousKid: KeyID, sessionsOnPrevious: Int64, sessionsCut: CutSessions?
    ) {
        self.previousExpiry = previousExpiry
        self.rotatedAt = rotatedAt
        self.kid = kid
        self.previousKid = previousKid
        self.sessionsOnPrevious = sessionsOnPrevious
        self.sessionsCut = sessionsCut
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A rotation that was done.",
        [
            .nullable("previousExpiry", \.previousExpiry, "Until when the secret before verifies; null when it stopped at once."),
            Field("rotatedAt", \.rotatedAt, "When the new secret began to sign."),
            Field("kid", \.kid, "The secret that signs now."),
            Field("previousKid", \.previousKid, "The secret before."),
            Field("sessionsOnPrevious", \.sessionsOnPrevious, "How many usable sessions have a token of the secret before."),
            .optional("sessionsCut", \.sessionsCut, "The sessions whose tokens stopped; only with `compromised`."),
        ])
    /// A rotation after a leak.
    public static let example = RotatedSecret(
        previousExpiry: Sample.later, rotatedAt: Sample.time, kid: Sample.kid, previousKid: Sample.previousKid, sessionsOnPrevious: 2,
        sessionsCut: .example)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        previousExpiry = try object.optional("previousExpiry")
        rotatedAt = try object.required("rotatedAt")
        kid = try object.required("kid")
        previousKid = try object.required("previousKid")
        sessionsOnPrevious = try object.required("sessionsOnPrevious")
        sessionsCut = try object.optional("sessionsCut")
    }
}

/// The sessions that a rotation after a leak cut off.
public struct CutSessions: Message {
    /// The most sessions that an answer lists.
    public static let listed = 1_000

    /// How many there are.
    public let count: Int64
    /// The first of them.
    public let sessions: [SessionID]

    /// A count with a list that may be shorter.
    public init(count: Int64, first sessions: some Sequence<SessionID>) {
        self.count = count
        self.sessions = Array(sessions.prefix(Self.listed))
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The sessions that a rotation after a leak cut off.",
        [
            Field("count", \.count, "How many there are."),
            Field("sessions", \.sessions, "The first 1,000 of them.", schema: .array(of: SessionID.schema, count: 0...listed)),
        ])
    /// Two sessions.
    public static let example = CutSessions(count: 2, first: [Sample.sessionID, Sample.otherSessionID])

    /// Reads the sessions.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        count = try object.required("count")
        sessions = try object.required("sessions")
    }
}
