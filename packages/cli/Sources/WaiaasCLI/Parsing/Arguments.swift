/// What the parser has accepted for one command.
struct Arguments: Equatable, Sendable {
    /// The text of each parameter given, by ``ParameterRow/name``.
    private(set) var texts: [String: String] = [:]

    /// Notes a parameter; false if it was given before.
    mutating func add(_ row: ParameterRow, _ text: String) -> Bool {
        guard texts[row.name] == nil else { return false }
        texts[row.name] = text
        return true
    }

    /// Whether a parameter was given.
    func has(_ row: ParameterRow) -> Bool { texts[row.name] != nil }

    /// Whether a flag was given.
    func has(_ flag: Parameter<Bool>) -> Bool { has(flag.row) }

    /// The value of a parameter, nil when it was not given.
    subscript<Value>(parameter: Parameter<Value>) -> Value? { texts[parameter.row.name].flatMap(parameter.read) }

    /// The value of a parameter that must be there; the parser has seen to it that it is.
    func required<Value>(_ parameter: Parameter<Value>) throws(CommandFailure) -> Value {
        guard let value = self[parameter] else { throw .usage(.missing(parameter.row.spelling)) }
        return value
    }
}
