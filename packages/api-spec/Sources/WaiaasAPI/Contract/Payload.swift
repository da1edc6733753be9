public import WaiaasCore

/// In which form an endpoint says no.
public enum RefusalForm: Hashable, Sendable {
    /// ``ProblemAnswer``, as everywhere.
    case problem
    /// `error` and `error_description` (RFC 6749 section 5.2).
    case oauth
    /// ``ProblemAnswer`` with `error` beside it, as the original of seed 004 has it: ``PublicRefusal``.
    case withError
}

/// What a request or an answer carries.
public enum Content: Hashable, Sendable {
    /// Nothing.
    case none
    /// JSON of this shape.
    case json(Schema)
    /// A form of this shape: `application/x-www-form-urlencoded`.
    case form(Schema)
    /// A text of this media type that is passed on as it is.
    case document(mediaType: String)

    /// The shape of what has one.
    public var schema: Schema? {
        switch self {
        case .json(let schema), .form(let schema): schema
        case .none, .document: nil
        }
    }

    /// The value of `Content-Type`, nil when there is no content.
    public var mediaType: String? {
        switch self {
        case .none: nil
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .document(let mediaType): mediaType
        }
    }
}

/// How bytes are read: a request is bounded and strict, an answer may come from a newer daemon and say more than we know.
public struct Reading: Sendable {
    /// What the JSON may cost.
    public let limits: JSONLimits
    /// Whether members that the schema does not know are faults.
    public let refusesUnknown: Bool

    /// The body of a request: 64 KiB, nothing unknown.
    public static let request = Reading(limits: .request, refusesUnknown: true)
    /// The body of a request that carries a template: 1 MiB, nothing unknown.
    public static let large = Reading(limits: .large, refusesUnknown: true)
    /// The body of an answer: 16 MiB, what is unknown is left aside.
    public static let answer = Reading(limits: JSONLimits(bytes: 16 << 20, members: 16_384), refusesUnknown: false)
}

/// A type that can be the body of a request or an answer.
public protocol Payload: Equatable, Sendable {
    /// What the bytes are.
    static var content: Content { get }
    /// A value with everything filled in, for documents and tests.
    static var example: Self { get }
    /// Reads a body.
    ///
    /// - Throws: `VALIDATION_ERROR` with every issue, or `BODY_NOT_ALLOWED`.
    init(decoding bytes: [UInt8], as reading: Reading) throws(Problem)
    /// The bytes of the body.
    func encoded() -> [UInt8]
}

/// No body at all.
public struct NoContent: Payload {
    /// Nothing to say.
    public init() {}
    /// Nothing.
    public static var content: Content { .none }
    /// Nothing.
    public static var example: NoContent { NoContent() }

    /// Accepts nothing but nothing.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) {
        guard bytes.isEmpty else { throw Problem(.bodyNotAllowed) }
    }

    /// No bytes.
    public func encoded() -> [UInt8] { [] }
}
