import WaiaasCore

/// One thing that a command takes, with the type of its value: what the parser has accepted can be read without a second check.
struct Parameter<Value: Sendable>: Sendable {
    /// What the table shows of it.
    let row: ParameterRow
    /// The value that a text spells; nil if it spells none.
    let read: @Sendable (String) -> Value?

    private init(_ row: ParameterRow, read: @escaping @Sendable (String) -> Value?) {
        self.row = row
        self.read = read
    }

    /// An option with a value.
    ///
    /// - Parameters:
    ///   - name: the long name without hyphens.
    ///   - placeholder: names the value in the help.
    ///   - isRequired: whether the command cannot do without it.
    ///   - text: what it does.
    ///   - choices: the values there are, if they can be listed.
    ///   - expected: what a value must be, as the end of a sentence.
    ///   - read: the value that a text spells.
    static func option(
        _ name: String, _ placeholder: String, isRequired: Bool = false, _ text: String, choices: [String] = [], expected: String,
        read: @escaping @Sendable (String) -> Value?
    ) -> Parameter {
        Parameter(
            ParameterRow(
                name: name, short: nil, kind: .option(placeholder: placeholder), isRequired: isRequired, isHidden: false,
                mayBeginWithHyphen: false,
                text: text, choices: choices, expected: expected, accepts: { read($0) != nil }),
            read: read)
    }

    /// An argument by its place.
    static func positional(
        _ name: String, isRequired: Bool = true, _ text: String, choices: [String] = [], expected: String, mayBeginWithHyphen: Bool = false,
        read: @escaping @Sendable (String) -> Value?
    ) -> Parameter {
        Parameter(
            ParameterRow(
                name: name, short: nil, kind: .positional, isRequired: isRequired, isHidden: false,
                mayBeginWithHyphen: mayBeginWithHyphen, text: text, choices: choices, expected: expected, accepts: { read($0) != nil }),
            read: read)
    }
}

extension Parameter<Bool> {
    /// A flag: there or not.
    static func flag(_ name: String, short: Character? = nil, isHidden: Bool = false, _ text: String) -> Parameter {
        Parameter(
            ParameterRow(
                name: name, short: short, kind: .flag, isRequired: false, isHidden: isHidden, mayBeginWithHyphen: false, text: text,
                choices: [], expected: "no value", accepts: { _ in true }),
            read: { _ in true })
    }
}

extension Parameter<Int64> {
    /// An option with a whole number.
    static func integer(_ name: String, _ placeholder: String, in range: ClosedRange<Int64>, _ text: String) -> Parameter {
        option(name, placeholder, text, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { spelling in
            Int64(spelling).flatMap { range.contains($0) && String($0) == spelling ? $0 : nil }
        }
    }
}

extension Parameter<String> {
    /// An option with a text that is not empty.
    static func text(_ name: String, _ placeholder: String, _ text: String) -> Parameter {
        option(name, placeholder, text, expected: "a text that is not empty") { $0.isEmpty ? nil : $0 }
    }
}

extension Parameter<[String]> {
    /// An option with texts between commas; none of them empty.
    static func list(_ name: String, _ placeholder: String, _ text: String) -> Parameter {
        option(name, placeholder, text, expected: "one or more texts between commas") { spelling in
            let parts = spelling.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return parts.contains("") ? nil : parts
        }
    }
}

extension Parameter where Value: RawRepresentable<String> & CaseIterable {
    /// An option with one of a few words.
    static func choice(_ name: String, _ text: String) -> Parameter {
        let words = Value.allCases.map(\.rawValue)
        let list = words.joined(separator: "|")
        return option(name, list, text, choices: words, expected: "one of \(list)") { Value(rawValue: $0) }
    }

    /// An argument by its place that is one of a few words.
    static func choice(place name: String, _ text: String) -> Parameter {
        let words = Value.allCases.map(\.rawValue)
        return positional(name, text, choices: words, expected: "one of \(words.joined(separator: "|"))") { Value(rawValue: $0) }
    }
}
