/// Why a document is not the strict JSON that this product reads, and where.
///
/// Offsets count bytes from the start of the document; `JSONPosition(offset:in:)` turns them into line and column.
public enum JSONError: Error, Equatable, Sendable {
    /// The document is longer than the limit.
    case tooLarge(bytes: Int, limit: Int)
    /// The document nests deeper than the limit; the offset is that of the bracket which goes too far.
    case tooDeep(limit: Int, offset: Int)
    /// An object has more members than the limit.
    case tooManyMembers(limit: Int, offset: Int)
    /// The document begins with a byte order mark (RFC 8259 section 8.1 forbids to send one).
    case byteOrderMark
    /// The document ends where more must follow.
    case unexpectedEnd(offset: Int)
    /// A byte stands where the grammar has no place for it.
    case unexpectedByte(UInt8, offset: Int)
    /// Something follows the document's one value.
    case trailingData(offset: Int)
    /// An object names a member twice; the offset is that of the second name.
    case duplicateKey(String, offset: Int)
    /// A string is not UTF-8: a stray, overlong, truncated or surrogate sequence.
    case invalidUTF8(offset: Int)
    /// A string holds a control character that is not escaped.
    case controlCharacter(UInt8, offset: Int)
    /// A string holds NUL, plain or escaped.
    case nul(offset: Int)
    /// A backslash is followed by what is no escape.
    case invalidEscape(offset: Int)
    /// An escaped surrogate stands without its other half.
    case loneSurrogate(offset: Int)
    /// A number breaks the grammar: leading zero, plus sign, missing digits.
    case invalidNumber(offset: Int)
    /// A number is beyond 2^53 - 1, where two integers share one floating-point value.
    case numberOutOfRange(offset: Int)

    /// Where in the document, in bytes from its start.
    public var offset: Int {
        switch self {
        case .tooLarge(_, let limit): limit
        case .byteOrderMark: 0
        case .tooDeep(_, let offset), .tooManyMembers(_, let offset), .unexpectedEnd(let offset), .unexpectedByte(_, let offset),
            .trailingData(let offset), .duplicateKey(_, let offset), .invalidUTF8(let offset), .controlCharacter(_, let offset),
            .nul(let offset), .invalidEscape(let offset), .loneSurrogate(let offset), .invalidNumber(let offset),
            .numberOutOfRange(let offset):
            offset
        }
    }
}

extension JSONError: CustomStringConvertible {
    /// One line for people, without the offset; text of the document appears in it only as an escaped name.
    public var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the document has \(bytes) bytes, the limit is \(limit)"
        case .tooDeep(let limit, _): "nested deeper than \(limit)"
        case .tooManyMembers(let limit, _): "an object has more than \(limit) members"
        case .byteOrderMark: "the document begins with a byte order mark"
        case .unexpectedEnd: "the document ends too early"
        case .unexpectedByte(let byte, _): "unexpected \(Self.name(of: byte))"
        case .trailingData: "something follows the document"
        case .duplicateKey(let name, _): "the member \(name.debugDescription) is there twice"
        case .invalidUTF8: "not valid UTF-8"
        case .controlCharacter(let byte, _): "a string holds \(Self.name(of: byte)), which must be escaped"
        case .nul: "a string holds NUL"
        case .invalidEscape: "an unknown escape follows a backslash"
        case .loneSurrogate: "half of a surrogate pair stands alone"
        case .invalidNumber: "not a JSON number"
        case .numberOutOfRange: "a number is beyond 2^53 - 1"
        }
    }

    private static func name(of byte: UInt8) -> String {
        (0x21...0x7e).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
    }
}
