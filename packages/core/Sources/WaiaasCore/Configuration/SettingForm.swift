/// The type of a setting and what bounds it.
public enum SettingForm: Hashable, Sendable {
    /// `true` or `false`.
    case boolean
    /// A whole number within a range.
    case integer(ClosedRange<Int64>, unit: SettingUnit?)
    /// One of a few words.
    case choice([String])
    /// A text that follows a rule.
    case text(TextRule)
    /// At most so many texts that follow a rule; comma separated in a flag or a variable.
    case list(TextRule, atMost: Int)

    /// Reads a value from a flag or an environment variable.
    ///
    /// - Parameter widened: a range that replaces the form's own, for the few flags that may say more than the file.
    public func value(of text: String, widened: ClosedRange<Int64>? = nil) throws(SettingMisfit) -> SettingValue {
        switch self {
        case .boolean:
            guard text == "true" || text == "false" else { throw .wrongType(expected: "true or false") }
            return .boolean(text == "true")
        case .integer(let range, let unit):
            guard let number = Int64(text), text.utf8.first != UInt8(ascii: "+") else { throw .wrongType(expected: "a whole number") }
            return try Self.bounded(number, by: widened ?? range, unit: unit)
        case .choice, .text:
            return try value(of: .text(text))
        case .list:
            let parts = text.split(separator: ",").map { part in
                String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            return try value(of: .list(parts.map { ConfigurationNode.text($0) }))
        }
    }

    /// Reads a value from a node of the configuration file.
    public func value(of node: ConfigurationNode) throws(SettingMisfit) -> SettingValue {
        switch (self, node) {
        case (.boolean, .boolean(let value)): return .boolean(value)
        case (.boolean, _): throw .wrongType(expected: "true or false")
        case (.integer(let range, let unit), .integer(let number)): return try Self.bounded(number, by: range, unit: unit)
        case (.integer, _): throw .wrongType(expected: "a whole number")
        case (.choice(let words), .text(let text)):
            guard words.contains(text) else { throw .notOneOf(words, value: text) }
            return .text(text)
        case (.text(let rule), .text(let text)):
            return .text(try Self.checked(text, by: rule))
        case (.choice, _), (.text, _): throw .wrongType(expected: "a text in quotes")
        case (.list(let rule, let limit), .list(let nodes)):
            guard nodes.count <= limit else { throw .tooMany(limit: limit) }
            var texts = [String]()
            for node in nodes {
                guard case .text(let text) = node else { throw .wrongType(expected: "a list of texts in quotes") }
                texts.append(try Self.checked(text, by: rule))
            }
            return .list(texts)
        case (.list, _): throw .wrongType(expected: "a list of texts in quotes")
        }
    }

    private static func bounded(_ number: Int64, by range: ClosedRange<Int64>, unit: SettingUnit?) throws(SettingMisfit) -> SettingValue {
        guard range.contains(number) else { throw .outOfRange(range, unit: unit, value: number) }
        return .integer(number)
    }

    private static func checked(_ text: String, by rule: TextRule) throws(SettingMisfit) -> String {
        // What may be a key is never repeated in an error.
        guard rule.accepts(text) else { throw .malformed(rule, value: rule == .hexKey ? nil : text) }
        return text
    }
}

/// The unit of a number.
public enum SettingUnit: String, Hashable, Sendable {
    /// Seconds.
    case seconds
}

/// Why a value does not fit its setting.
public enum SettingMisfit: Error, Hashable, Sendable {
    /// It is of another type.
    case wrongType(expected: String)
    /// A number outside its range.
    case outOfRange(ClosedRange<Int64>, unit: SettingUnit?, value: Int64)
    /// A word that is not among those allowed.
    case notOneOf([String], value: String)
    /// A text that breaks its rule; the value is nil where it may be secret.
    case malformed(TextRule, value: String?)
    /// A list with more entries than the limit.
    case tooMany(limit: Int)
}
