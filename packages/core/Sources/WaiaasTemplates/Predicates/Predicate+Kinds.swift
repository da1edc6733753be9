extension Predicate {
    /// Tests of what kind a value is.
    static let kinds: [Predicate] = [
        Predicate("defined", takesMissing: true) { value, _, _ in
            if case .missing = value { false } else { true }
        },
        Predicate("undefined", takesMissing: true) { value, _, _ in
            if case .missing = value { true } else { false }
        },
        Predicate("none") { value, _, _ in
            if case .null = value { true } else { false }
        },
        Predicate("boolean") { value, _, _ in
            if case .bool = value { true } else { false }
        },
        Predicate("true") { value, _, _ in
            if case .bool(true) = value { true } else { false }
        },
        Predicate("false") { value, _, _ in
            if case .bool(false) = value { true } else { false }
        },
        Predicate("number") { value, _, _ in value.number != nil },
        Predicate("integer") { value, _, _ in
            if case .integer = value { true } else { false }
        },
        Predicate("float") { value, _, _ in
            if case .decimal = value { true } else { false }
        },
        Predicate("string") { value, _, _ in
            if case .text = value { true } else { false }
        },
        Predicate("iterable") { value, _, _ in
            switch value {
            case .list, .object, .text: true
            case .missing, .null, .bool, .integer, .decimal: false
            }
        },
        Predicate("mapping") { value, _, _ in
            if case .object = value { true } else { false }
        },
    ]
}
