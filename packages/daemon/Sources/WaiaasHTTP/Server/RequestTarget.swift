/// The target of a request line (RFC 9112 section 3.2), split at the first `?`.
struct RequestTarget {
    /// The path as sent, or nil if the target is neither a path nor `*`, or holds bytes that a URI cannot.
    let path: String?
    /// What followed the `?`, not decoded.
    let query: String
    /// The bytes of the whole target up to the first NUL.
    let length: Int

    /// No request line yet.
    static let none = RequestTarget()

    private init() {
        path = nil
        query = ""
        length = 0
    }

    /// Reads `text`, which the library terminated with NUL.
    init(_ text: UnsafePointer<CChar>) {
        var length = 0
        var questionMark: Int?
        var isPlain = true
        while case let byte = UInt8(bitPattern: text[length]), byte != 0 {
            if byte == UInt8(ascii: "?"), questionMark == nil { questionMark = length }
            isPlain = isPlain && byte > 0x20 && byte < 0x7f
            length += 1
        }
        let bytes = UnsafeRawBufferPointer(start: text, count: length)
        let pathEnd = questionMark ?? length
        let isPath = bytes.first == UInt8(ascii: "/") || (pathEnd == 1 && bytes.first == UInt8(ascii: "*"))
        self.path = isPlain && isPath ? String(decoding: bytes[..<pathEnd], as: UTF8.self) : nil
        self.query = isPlain ? questionMark.map { String(decoding: bytes[($0 + 1)...], as: UTF8.self) } ?? "" : ""
        self.length = length
    }
}
