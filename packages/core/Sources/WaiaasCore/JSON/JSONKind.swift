/// The six kinds of JSON value (RFC 8259 section 3), with the two literals of a boolean apart.
public enum JSONKind: UInt8, Sendable {
    /// `{…}`
    case object
    /// `[…]`
    case array
    /// `"…"`
    case string
    /// A number without fraction and exponent, at most 2^53 - 1 in magnitude.
    case integer
    /// A number with a fraction or an exponent, at most 2^53 in magnitude.
    case decimal
    /// `true`
    case `true`
    /// `false`
    case `false`
    /// `null`
    case null
}
