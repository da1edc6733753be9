import WaiaasCore

/// What may stand in a line of the log: a number, an id, a text that is escaped.
///
/// It is made from a ``Loggable``, from an error of ours, or from a text by name; an interpolation takes `Loggable` values alone. So
/// `"\(secret)"` does not compile where a `LogValue` is wanted.
struct LogValue: Sendable, Equatable {
    /// The most characters of a text; the rest is left away.
    static let longest = 1_024

    private enum Form: Equatable {
        case text(String)
        case number(String)
    }

    private let form: Form

    private init(_ form: Form) { self.form = form }

    /// A text, whoever chose it.
    init(_ text: String) { self.init(.text(text)) }

    /// What has a form of its own in the log.
    init(_ value: some Loggable) { self = value.logValue }

    /// A number.
    init(_ number: some BinaryInteger) { self.init(.number(String(number))) }

    /// A number in milliseconds with three decimals.
    init(milliseconds duration: Duration) {
        let microseconds = duration.components.seconds &* 1_000_000 &+ duration.components.attoseconds / 1_000_000_000_000
        let (whole, rest) = max(0, microseconds).quotientAndRemainder(dividingBy: 1_000)
        let decimals = String(rest)
        self.init(.number("\(whole).\(String(repeating: "0", count: 3 - decimals.count))\(decimals)"))
    }

    /// Why something failed: the words of an error that is known to carry no secret, else its type alone.
    init(error: any Error) {
        switch error {
        case let problem as Problem: self.init(problem.code.text)
        case let known as any LoggableError: self.init(.text("\(known)"))
        default: self.init(String(reflecting: type(of: error)))
        }
    }

    /// The value in a line for people: bare if it is plain, else quoted.
    var asText: String {
        switch form {
        case .number(let number): number
        case .text(let text): Self.isPlain(text) ? text : Self.quoted(text)
        }
    }

    /// The value as JSON.
    var asJSON: String {
        switch form {
        case .number(let number): number
        case .text(let text): Self.quoted(text)
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
    }

    /// A JSON string that also escapes what could end a line or steer a terminal: every control and format character and every
    /// separator of lines.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars.prefix(longest) {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: result += escape(scalar)
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + (text.unicodeScalars.count > longest ? "…\"" : "\"")
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}

extension LogValue: ExpressibleByStringInterpolation {
    /// A text of ours.
    init(stringLiteral value: String) { self.init(.text(value)) }

    /// A text of ours with values in it.
    init(stringInterpolation: StringInterpolation) { self.init(.text(stringInterpolation.text)) }

    /// Takes what may be logged, and nothing else.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ value: some Loggable) { text += value.logValue.raw }

        mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    }

    fileprivate var raw: String {
        switch form {
        case .text(let text), .number(let text): text
        }
    }
}
