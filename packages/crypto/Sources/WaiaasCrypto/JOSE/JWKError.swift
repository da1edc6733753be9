public import WaiaasCore

/// Why a JWK is not taken.
public enum JWKError: Error, Equatable, Sendable {
    /// It is not strict JSON.
    case json(JSONError)
    /// It is JSON, but no object.
    case notAnObject
    /// A member is missing or no text.
    case missing(String)
    /// A member is not canonical base64url of the right length.
    case malformed(String)
    /// A member has a value that this product does not use.
    case unsupported(String, String)
    /// A private or symmetric member stands where only a public key may be.
    case privateMember(String)
}
