public import WaiaasCore

/// `GET /v1/admin/keys/{ring}`: lists the key pairs of a ring.
public enum ListKeys: Operation {
    /// The path or the query.
    public typealias Parameters = RingPath
    /// The answer.
    public typealias Output = RingReport
    /// The contract.
    public static let endpoint = describe(
        .get, "/v1/admin/keys/{ring}", area: .admin, authentication: .operator,
        summary: "List the key pairs of a ring",
        text: """
            Shows names, states and times; no private half ever leaves the daemon.
            """)
}

/// A ring of key pairs.
public enum RingName: String, CaseIterable, TextFieldValue {
    /// Signs user tokens.
    case user
    /// Signs the checkpoints of the audit log.
    case audit
}

/// Where a key stands in its life.
public enum KeyStateName: String, CaseIterable, TextFieldValue {
    /// Verifies, and will sign.
    case staged
    /// Signs and verifies.
    case active
    /// Verifies until its deadline.
    case retiring
}

/// The parameter of an endpoint about one ring.
public struct RingPath: Message {
    /// The ring.
    public let ring: RingName

    /// From its parts.
    public init(ring: RingName) {
        self.ring = ring
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Which ring.",
        [
            Field("ring", \.ring, "The ring.")
        ])
    /// The user ring.
    public static let example = RingPath(ring: .user)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        ring = try object.required("ring")
    }
}

/// A key pair of a ring.
public struct KeySummary: Message {
    /// Its name: the RFC 7638 thumbprint.
    public let kid: KeyID
    /// What it is for, by JWA.
    public let algorithm: String
    /// Where it stands in its life.
    public let state: KeyStateName
    /// When it was made.
    public let createdAt: WallTime?
    /// When it will sign.
    public let signsFrom: WallTime?
    /// When it stops verifying.
    public let verifiesUntil: WallTime?

    /// From its parts.
    public init(
        kid: KeyID, algorithm: String, state: KeyStateName, createdAt: WallTime? = nil, signsFrom: WallTime? = nil,
        verifiesUntil: WallTime? = nil
    ) {
        self.kid = kid
        self.algorithm = algorithm
        self.state = state
        self.createdAt = createdAt
        self.signsFrom = signsFrom
        self.verifiesUntil = verifiesUntil
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A key pair: its public facts.",
        [
            Field("kid", \.kid, "Its name: the RFC 7638 thumbprint."),
            Field("algorithm", \.algorithm, "What it is for, by JWA.", schema: .string(.oneOf(["RS256", "ES256", "EdDSA"]))),
            Field("state", \.state, "Where it stands in its life."),
            .optional("createdAt", \.createdAt, "When it was made; absent if that is not known."),
            .optional("signsFrom", \.signsFrom, "When it will sign; for a staged key."),
            .optional("verifiesUntil", \.verifiesUntil, "When it stops verifying; for a retiring key."),
        ])
    /// A staged key.
    public static let example = KeySummary(
        kid: Sample.kid, algorithm: "RS256", state: .staged, createdAt: Sample.time, signsFrom: Sample.later)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        kid = try object.required("kid")
        algorithm = try object.required("algorithm")
        state = try object.required("state")
        createdAt = try object.optional("createdAt")
        signsFrom = try object.optional("signsFrom")
        verifiesUntil = try object.optional("verifiesUntil")
    }
}

/// A ring.
public struct RingReport: Message {
    /// Which ring.
    public let ring: RingName
    /// Its keys.
    public let keys: [KeySummary]

    /// From its parts.
    public init(ring: RingName, keys: [KeySummary]) {
        self.ring = ring
        self.keys = keys
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The keys of a ring.",
        [
            Field("ring", \.ring, "Which ring."),
            Field(
                "keys", \.keys, "Its keys: the one that signs, those that will, those that did.",
                schema: .array(of: KeySummary.schema, count: 1...1_000)),
        ])
    /// A ring of one key.
    public static let example = RingReport(ring: .user, keys: [.example])

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        ring = try object.required("ring")
        keys = try object.required("keys")
    }
}
