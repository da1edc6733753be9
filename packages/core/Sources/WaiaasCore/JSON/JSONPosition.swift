/// A place in a document as people count it.
public struct JSONPosition: Sendable, Equatable, CustomStringConvertible {
    /// Line, from 1.
    public let line: Int
    /// Column, from 1, counted in bytes.
    public let column: Int

    /// The place of a byte.
    /// - Parameters:
    ///   - offset: bytes from the start; beyond the end counts as the end.
    ///   - document: the bytes that were scanned.
    public init(offset: Int, in document: [UInt8]) {
        var line = 1
        var lineStart = 0
        let end = max(0, min(offset, document.count))
        for index in 0..<end where document[index] == 0x0a {
            line += 1
            lineStart = index + 1
        }
        self.line = line
        self.column = end - lineStart + 1
    }

    /// `line 3, column 14`
    public var description: String { "line \(line), column \(column)" }
}
