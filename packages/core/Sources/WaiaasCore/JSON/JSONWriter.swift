/// Appends JSON text to bytes: no spaces, members in the order of the calls, the shortest escapes (as RFC 8785 section 3.2.2.2).
///
/// The same calls always give the same bytes, so what it writes may be hashed and signed. It sets the commas itself; that brackets
/// close in order and that a value follows each key is the caller's part.
public struct JSONWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8]
    private var needsComma = false

    /// Starts a document.
    /// - Parameter capacity: bytes to set aside, so that a document of known size costs one allocation.
    public init(reserving capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Opens an object.
    public mutating func beginObject() {
        beginValue()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    /// Closes the innermost object.
    public mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Opens an array.
    public mutating func beginArray() {
        beginValue()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    /// Closes the innermost array.
    public mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Writes a member's name; its value must follow.
    public mutating func key(_ name: String) {
        beginValue()
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's name that was made ready before; its value must follow.
    public mutating func key(_ name: JSONName) {
        beginValue()
        bytes.append(contentsOf: name.bytes)
        needsComma = false
    }

    /// Writes a string.
    public mutating func string(_ value: String) {
        beginValue()
        appendQuoted(value)
        needsComma = true
    }

    /// Writes a string of printable ASCII without quote and backslash, such as an id or a time. It is not checked.
    public mutating func plain(_ text: Span<UInt8>) {
        beginValue()
        appendBetweenQuotes(text)
        needsComma = true
    }

    /// Writes an integer.
    public mutating func integer(_ value: Int64) {
        beginValue()
        appendDigits(of: value)
        needsComma = true
    }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) {
        literal(value ? "true" : "false")
    }

    /// Writes `null`.
    public mutating func null() {
        literal("null")
    }

    /// Writes a value that is JSON already, such as the `source` of a scanned one. It is not checked.
    public mutating func json(_ value: some Sequence<UInt8>) {
        beginValue()
        bytes.append(contentsOf: value)
        needsComma = true
    }

    /// Writes a member whose value is a string.
    public mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    /// Writes a member whose value is an integer.
    public mutating func member(_ name: String, _ value: Int64) {
        key(name)
        integer(value)
    }

    /// Writes a member whose value is a boolean.
    public mutating func member(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// The bytes, moved out: whoever wipes them reaches the only copy, if the capacity was enough.
    public consuming func finish() -> [UInt8] { bytes }

    private mutating func beginValue() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func literal(_ text: String) {
        beginValue()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func appendQuoted(_ text: String) {
        let span = text.utf8.span
        guard Self.needsEscape(span) else { return appendBetweenQuotes(span) }
        bytes.append(UInt8(ascii: "\""))
        appendEscaped(text)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendBetweenQuotes(_ text: Span<UInt8>) {
        bytes.append(addingCapacity: text.count + 2) { target in
            target.append(UInt8(ascii: "\""))
            for index in text.indices { target.append(text[index]) }
            target.append(UInt8(ascii: "\""))
        }
    }

    /// Nearly no text does, and one without is copied whole.
    private static func needsEscape(_ text: Span<UInt8>) -> Bool {
        for index in text.indices {
            let byte = text[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
        }
        return false
    }

    private mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): appendEscape(byte)
            case 0x08: appendEscape(UInt8(ascii: "b"))
            case 0x0c: appendEscape(UInt8(ascii: "f"))
            case 0x0a: appendEscape(UInt8(ascii: "n"))
            case 0x0d: appendEscape(UInt8(ascii: "r"))
            case 0x09: appendEscape(UInt8(ascii: "t"))
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.hexDigit(byte >> 4))
                bytes.append(Self.hexDigit(byte & 15))
            default: bytes.append(byte)
            }
        }
    }

    private mutating func appendEscape(_ letter: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
    }

    private mutating func appendDigits(of value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
