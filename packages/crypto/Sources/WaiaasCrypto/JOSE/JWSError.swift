public import WaiaasCore

/// Why a token is not taken. An anonymous caller learns none of this; the audit log may.
public enum JWSError: Error, Equatable, Sendable {
    /// The token is longer than the limit.
    case tooLong(bytes: Int, limit: Int)
    /// The token has not three parts (RFC 7515 section 7.1).
    case wrongPartCount(Int)
    /// A part is not canonical base64url.
    case invalidBase64(Part)
    /// The header is not strict JSON.
    case invalidHeader(JSONError)
    /// A header parameter is missing or has the wrong type or shape.
    case invalidParameter(String)
    /// A header parameter that is never taken: it would bring a key, an extension or a compression along.
    case forbiddenParameter(String)
    /// An algorithm that is not allowed, such as `none`.
    case unsupportedAlgorithm(String)
    /// The token names another algorithm than the key has.
    case algorithmMismatch(token: JWSAlgorithm, key: JWSAlgorithm)
    /// The signature does not fit.
    case authenticationFailure

    /// A part of a compact token.
    public enum Part: Sendable {
        /// The first.
        case header
        /// The second.
        case payload
        /// The third.
        case signature
    }
}
