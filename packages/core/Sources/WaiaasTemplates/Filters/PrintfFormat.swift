/// `{{ "%.1f" | format(value) }}`: the part of printf that numbers on a panel need.
struct PrintfFormat {
    /// Nothing is set wider, so that a width is no way to a large text.
    private static let widest = 256

    private let format: [UInt8]
    private let arguments: [TemplateValue]
    private var index = 0
    private var next = 0
    private var result = ""

    init(_ format: String, _ arguments: [TemplateValue]) {
        self.format = Array(format.utf8)
        self.arguments = arguments
    }

    /// The text with each argument in its place.
    mutating func run(_ meter: inout Meter) throws(TemplateFaultReason) -> String {
        var literalStart = 0
        while index < format.count {
            guard format[index] == UInt8(ascii: "%") else {
                index += 1
                continue
            }
            result += String(decoding: format[literalStart..<index], as: UTF8.self)
            index += 1
            try conversion()
            literalStart = index
            try meter.spend()
            try meter.make(bytes: result.utf8.count)
        }
        result += String(decoding: format[literalStart...], as: UTF8.self)
        guard next == arguments.count else { throw .arguments(of: "format", "is given more values than its text names") }
        return result
    }

    private mutating func conversion() throws(TemplateFaultReason) {
        var flags: Set<UInt8> = []
        while index < format.count, [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: " "), UInt8(ascii: "0")].contains(format[index]) {
            flags.insert(format[index])
            index += 1
        }
        let width = try number(upTo: Self.widest) ?? 0
        var digits: Int?
        if index < format.count, format[index] == UInt8(ascii: ".") {
            index += 1
            digits = try number(upTo: Decimals.mostDigits) ?? 0
        }
        guard index < format.count else { throw .arguments(of: "format", "ends within a `%…`") }
        let letter = format[index]
        index += 1
        if letter == UInt8(ascii: "%") { return result += "%" }
        guard next < arguments.count else { throw .arguments(of: "format", "is given fewer values than its text names") }
        let text = try Self.text(of: arguments[next], letter, digits: digits)
        next += 1
        append(text, isNumber: letter != UInt8(ascii: "s"), flags, width: width)
    }

    private mutating func append(_ text: String, isNumber: Bool, _ flags: Set<UInt8>, width: Int) {
        var (sign, digits) = ("", text)
        if isNumber {
            if digits.hasPrefix("-") {
                sign = "-"
                digits.removeFirst()
            } else if flags.contains(UInt8(ascii: "+")) {
                sign = "+"
            } else if flags.contains(UInt8(ascii: " ")) {
                sign = " "
            }
        }
        let missing = max(0, width - sign.unicodeScalars.count - digits.unicodeScalars.count)
        if flags.contains(UInt8(ascii: "-")) {
            result += sign + digits + String(repeating: " ", count: missing)
        } else if isNumber, flags.contains(UInt8(ascii: "0")) {
            result += sign + String(repeating: "0", count: missing) + digits
        } else {
            result += String(repeating: " ", count: missing) + sign + digits
        }
    }

    private mutating func number(upTo most: Int) throws(TemplateFaultReason) -> Int? {
        var value: Int?
        while index < format.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(format[index]) {
            let number = (value ?? 0) * 10 + Int(format[index] - UInt8(ascii: "0"))
            guard number <= most else { throw .arguments(of: "format", "takes no number above \(most) here") }
            value = number
            index += 1
        }
        return value
    }

    private static func text(of value: TemplateValue, _ letter: UInt8, digits: Int?) throws(TemplateFaultReason) -> String {
        switch letter {
        case UInt8(ascii: "s"):
            let text = try value.text()
            guard let digits else { return text }
            return String(String.UnicodeScalarView(text.unicodeScalars.prefix(digits)))
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            guard let number = value.number else { throw .misfit("`%f` takes a number, not \(value.kind)") }
            guard let text = Decimals.text(number, digits: digits ?? 6) else { throw .notANumber }
            return text
        case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"):
            let whole = try value.whole()
            let radix = letter == UInt8(ascii: "o") ? 8 : letter | 0x20 == UInt8(ascii: "x") ? 16 : 10
            return String(whole, radix: radix, uppercase: letter == UInt8(ascii: "X"))
        default:
            throw .arguments(of: "format", "knows `%s`, `%d`, `%f`, `%x`, `%X`, `%o` and `%%`")
        }
    }
}

extension TemplateValue {
    /// A number without what stands after its point.
    func whole() throws(TemplateFaultReason) -> Int64 {
        switch self {
        case .integer(let value): return value
        case .decimal(let value):
            guard let whole = Int64(exactly: value.rounded(.towardZero)) else { throw .notANumber }
            return whole
        default: throw .misfit("a whole number is wanted, not \(kind)")
        }
    }
}
