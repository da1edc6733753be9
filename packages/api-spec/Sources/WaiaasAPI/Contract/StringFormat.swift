import WaiaasCore

/// What a text must look like. Each format is checked by the type in core that reads it, so the two cannot disagree.
public enum StringFormat: Hashable, Sendable {
    /// Any text without control characters, of so many characters (Unicode scalars, as JSON Schema counts).
    case text(ClosedRange<Int>)
    /// Any text, in lines, of so many characters.
    case lines(ClosedRange<Int>)
    /// Base64 (RFC 4648 section 4) of so many characters.
    case base64(ClosedRange<Int>)
    /// One of these.
    case oneOf([String])
    /// A UUID in canonical spelling.
    case identifier
    /// A name: 1 to 64 of `[A-Za-z0-9._-]`, not only dots.
    case name
    /// A user's name: 1 to 64 of `[A-Za-z0-9._@+-]`, not only dots.
    case userName
    /// A time, ISO 8601 in UTC.
    case time
    /// A non-negative decimal number in canonical spelling.
    case decimal
    /// The public name of a key.
    case keyID
    /// Lower-case hex of so many characters.
    case hex(Int)
    /// Base64url without padding of so many bytes.
    case base64url(Int)

    /// Whether a text fits.
    public func allows(_ text: String) -> Bool {
        switch self {
        case .text(let length): length.contains(text.unicodeScalars.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
        case .lines(let length): length.contains(text.unicodeScalars.count)
        case .base64(let length): length.contains(text.utf8.count) && Base64.decode(text) != nil
        case .oneOf(let values): values.contains { $0.utf8.elementsEqual(text.utf8) }
        case .identifier: Identifier<Never>(text) != nil
        case .name: Agent.Name(text) != nil
        case .userName: UserID(text) != nil
        case .time: WallTime(iso8601: text) != nil
        case .decimal: Amount(text) != nil
        case .keyID: KeyID(text) != nil
        case .hex(let count): text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        case .base64url(let count): Base64URL.decode(text)?.count == count
        }
    }

    /// What is expected, for people.
    public var expectation: String {
        switch self {
        case .text(let length): "text of \(length.lowerBound) to \(length.upperBound) characters without control characters"
        case .lines(let length): "text of \(length.lowerBound) to \(length.upperBound) characters"
        case .base64: "base64"
        case .oneOf(let values): "one of " + values.joined(separator: ", ")
        case .identifier: "UUID in lower case with hyphens"
        case .name: "1 to 64 characters of A-Z a-z 0-9 . _ -, not only dots"
        case .userName: "1 to 64 characters of A-Z a-z 0-9 . _ - @ +, not only dots"
        case .time: "time like 2026-11-21T10:15:30.000Z"
        case .decimal: "non-negative decimal number without needless zeros, as text"
        case .keyID: "key id of 1 to 64 characters of A-Z a-z 0-9 _ -"
        case .hex(let count): "\(count) lower-case hex characters"
        case .base64url(let count): "base64url without padding of \(count) bytes"
        }
    }

    /// What is expected, as the end of a sentence that begins with "must be".
    var demand: String {
        switch self {
        case .identifier, .time, .decimal, .keyID: "a " + expectation
        case .text, .lines, .base64, .oneOf, .name, .userName, .hex, .base64url: expectation
        }
    }

    /// The same rule as a regular expression (ECMA-262), for documents; nil where lengths or values say it.
    public var pattern: String? {
        switch self {
        case .text: "^[^\\x00-\\x1f\\x7f]*$"
        case .lines, .oneOf: nil
        case .base64: "^[A-Za-z0-9+/]*={0,2}$"
        case .identifier: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
        case .name: "^(?!\\.+$)[A-Za-z0-9._-]{1,64}$"
        case .userName: "^(?!\\.+$)[A-Za-z0-9._@+-]{1,64}$"
        case .time: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z$"
        case .decimal: "^(0|[1-9][0-9]{0,77})(\\.[0-9]{0,35}[1-9])?$"
        case .keyID: "^[A-Za-z0-9_-]{1,64}$"
        case .hex(let count): "^[0-9a-f]{\(count)}$"
        case .base64url(let count): "^[A-Za-z0-9_-]{\((count * 4 + 2) / 3)}$"
        }
    }
}
