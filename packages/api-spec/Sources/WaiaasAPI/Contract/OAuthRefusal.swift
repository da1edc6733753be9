public import WaiaasCore

/// The body of a refusal of an OAuth 2 endpoint (RFC 6749 section 5.2).
public struct OAuthRefusal: Message {
    /// A code of RFC 6749.
    public let error: String
    /// What happened, in a sentence.
    public let errorDescription: String

    /// The answer to one request.
    public init(_ problem: Problem) {
        error = problem.code.oauthError
        // The characters that RFC 6749 allows there: printable ASCII but the quotation mark and the backslash.
        errorDescription = String(
            decoding: problem.message.utf8.map { (0x20...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c ? $0 : UInt8(ascii: "?") },
            as: UTF8.self)
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The body of a refusal of an OAuth 2 endpoint.",
        [
            Field("error", \.error, "A code of RFC 6749 section 5.2.", schema: .string(.text(1...64))),
            Field("error_description", \.errorDescription, "What happened, in a sentence.", schema: .string(.text(1...4_096))),
        ])
    /// A refresh token that is not valid.
    public static let example = OAuthRefusal(Problem(.invalidGrant))

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        error = try object.required("error")
        errorDescription = try object.required("error_description")
    }
}
