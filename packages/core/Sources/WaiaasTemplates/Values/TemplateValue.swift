/// A value of a template: the kinds of JSON, with whole and broken numbers apart, and what is not there.
enum TemplateValue: Sendable {
    /// Nobody gave it; the name is for the message.
    case missing(String)
    case null
    case bool(Bool)
    case integer(Int64)
    case decimal(Double)
    case text(String)
    case list(TemplateList)
    case object(TemplateObject)

    /// Its kind, for a sentence.
    var kind: String {
        switch self {
        case .missing(let name): "`\(name)`, which is not there,"
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .decimal: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }

    /// Whether a condition holds: what is empty, zero, null or not there does not.
    var isTrue: Bool {
        switch self {
        case .missing, .null: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .decimal(let value): value != 0
        case .text(let value): !value.isEmpty
        case .list(let list): !list.elements.isEmpty
        case .object(let object): object.count > 0
        }
    }

    /// The value of a number.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value): value
        case .missing, .null, .bool, .text, .list, .object: nil
        }
    }

    /// How deep lists and objects lie within it.
    var depth: Int {
        switch self {
        case .list(let list): list.depth
        case .object(let object): object.depth
        case .missing, .null, .bool, .integer, .decimal, .text: 0
        }
    }

    /// Values within values end here; releasing one must not need a deep stack, and a rendering can build them.
    static let deepest = 64

    /// A decimal number, unless it left the range.
    static func finite(_ value: Double) throws(TemplateFaultReason) -> TemplateValue {
        guard value.isFinite else { throw .notANumber }
        return .decimal(value)
    }

    /// A list of these.
    static func list(of elements: [TemplateValue]) throws(TemplateFaultReason) -> TemplateValue { .list(try TemplateList(elements)) }
}

/// Values in a row.
struct TemplateList: Sendable {
    let elements: [TemplateValue]
    let depth: Int

    init(_ elements: [TemplateValue]) throws(TemplateFaultReason) {
        depth = elements.reduce(0) { max($0, $1.depth) } + 1
        guard depth <= TemplateValue.deepest else { throw .valueTooDeep(limit: TemplateValue.deepest) }
        self.elements = elements
    }
}
