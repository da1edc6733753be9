public import WaiaasCore

/// Why a template, or what it made of its arguments, is refused, and where in the template.
public struct TemplateFault: Error, Equatable, Sendable {
    /// The place in the template.
    public let position: SourcePosition
    /// What is wrong.
    public let reason: TemplateFaultReason

    init(_ fault: Fault, in source: [UInt8]) {
        var line = 1
        var lineStart = 0
        let end = max(0, min(fault.offset, source.count))
        for index in 0..<end where source[index] == 0x0a {
            line += 1
            lineStart = index + 1
        }
        // Characters begin with a byte that is no continuation.
        let column = source[lineStart..<end].reduce(into: 1) { count, byte in count += byte & 0xc0 == 0x80 ? 0 : 1 }
        position = SourcePosition(line: line, column: column)
        reason = fault.reason
    }
}

extension TemplateFault: CustomStringConvertible {
    /// `line 3, column 14: there is no filter …`
    public var description: String { "line \(position.line), column \(position.column): \(reason)" }
}

/// A fault at a byte of the template, before anybody needs to know the line.
struct Fault: Error {
    let offset: Int
    let reason: TemplateFaultReason

    init(_ offset: Int, _ reason: TemplateFaultReason) {
        self.offset = offset
        self.reason = reason
    }

    /// Ends a rendering that seeks the origin of a byte; it is no fault of anybody.
    static func found(at offset: Int) -> Fault { Fault(offset, .notThere("")) }
}
