public import WaiaasCore

extension Schema {
    /// More issues than this help nobody, and bound the answer.
    private static let issuesAllowed = 20
    /// How much of a received text an issue repeats, in characters.
    private static let receivedAllowed = 64

    /// Every fault of a scanned value against this schema, at most 20.
    ///
    /// - Parameters:
    ///   - node: the value.
    ///   - path: where it stands, for the issues.
    ///   - refusesUnknown: whether a member that the schema does not know is a fault; so in requests, not in answers.
    public func issues(in node: JSONNode, at path: String = "$", refusesUnknown: Bool = true) -> [SchemaIssue] {
        var issues: [SchemaIssue] = []
        collect(node, .root(path), refusesUnknown, &issues)
        return issues
    }

    private func collect(_ node: JSONNode, _ path: SchemaPath, _ refusesUnknown: Bool, _ issues: inout [SchemaIssue]) {
        guard issues.count < Self.issuesAllowed else { return }
        switch self {
        case .object(let object):
            guard node.kind == .object else { return Self.mismatch(node, path, "object", &issues) }
            Self.collect(object, node, path, refusesUnknown, &issues)
        case .oneOf(let objects):
            let attempts = objects.map { Schema.object($0).issues(in: node, at: path.description, refusesUnknown: refusesUnknown) }
            if let best = attempts.min(by: { $0.count < $1.count }) { issues += best }
        case .string(let format):
            guard let text = node.string else { return Self.mismatch(node, path, "string", &issues) }
            guard !format.allows(text) else { return }
            issues.append(
                SchemaIssue(
                    path: path.description, code: .format, message: "must be " + format.demand, expected: format.expectation,
                    received: String(text.prefix(Self.receivedAllowed))))
        case .integer(let range):
            guard let value = node.integer else { return Self.mismatch(node, path, "integer", &issues) }
            guard !range.contains(value) else { return }
            let expected = "integer from \(range.lowerBound) to \(range.upperBound)"
            issues.append(
                SchemaIssue(
                    path: path.description, code: .range, message: "must be an " + expected, expected: expected, received: String(value)))
        case .boolean:
            if node.bool == nil { Self.mismatch(node, path, "boolean", &issues) }
        case .array(let element, let count):
            guard let elements = node.elements else { return Self.mismatch(node, path, "array", &issues) }
            var found = 0
            for value in elements {
                if found < count.upperBound { element.collect(value, .element(path, found), refusesUnknown, &issues) }
                found += 1
            }
            guard !count.contains(found) else { return }
            let expected = "\(count.lowerBound) to \(count.upperBound) elements"
            issues.append(
                SchemaIssue(
                    path: path.description, code: .range, message: "must have " + expected, expected: expected, received: String(found)))
        case .anyObject:
            if node.kind != .object { Self.mismatch(node, path, "object", &issues) }
        case .any:
            return
        }
    }

    private static func collect(
        _ object: ObjectSchema, _ node: JSONNode, _ path: SchemaPath, _ refusesUnknown: Bool, _ issues: inout [SchemaIssue]
    ) {
        for field in object.fields {
            let value = node.member(field.name)
            if let value, !value.isNull || field.presence == .required {
                field.schema.collect(value, .member(path, field.name), refusesUnknown, &issues)
            } else if value == nil, field.presence != .optional {
                issues.append(
                    SchemaIssue(
                        path: "\(path).\(field.name)", code: .missing, message: "is missing", expected: field.schema.kindName,
                        received: "nothing"))
            }
        }
        if refusesUnknown, let members = node.members {
            for (name, _) in members where !object.fields.contains(where: { $0.name == name }) {
                guard issues.count < issuesAllowed else { return }
                let shown = printable(name.prefix(receivedAllowed))
                let known = object.fields.isEmpty ? "no members" : object.fields.map(\.name).joined(separator: ", ")
                issues.append(
                    SchemaIssue(path: "\(path).\(shown)", code: .unknown, message: "is not known here", expected: known, received: shown))
            }
        }
        guard !object.exactlyOneOf.isEmpty else { return }
        let given = object.exactlyOneOf.filter { name in node.member(name).map { !$0.isNull } ?? false }
        guard given.count != 1 else { return }
        let expected = "exactly one of " + object.exactlyOneOf.joined(separator: ", ")
        issues.append(
            SchemaIssue(
                path: path.description, code: .exclusive, message: "must have " + expected, expected: expected,
                received: given.isEmpty ? "none" : given.joined(separator: ", ")))
    }

    /// A name that somebody chose, so that it can stand in a sentence: what cannot be seen is a question mark.
    private static func printable(_ name: Substring) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
    }

    private static func mismatch(_ node: JSONNode, _ path: SchemaPath, _ expected: String, _ issues: inout [SchemaIssue]) {
        let article = expected == "integer" || expected == "object" || expected == "array" ? "an" : "a"
        issues.append(
            SchemaIssue(
                path: path.description, code: .type, message: "must be \(article) \(expected)", expected: expected,
                received: name(of: node.kind)))
    }

    /// The name of the kind of value.
    public var kindName: String {
        switch self {
        case .object, .oneOf, .anyObject: "object"
        case .string: "string"
        case .integer: "integer"
        case .boolean: "boolean"
        case .array: "array"
        case .any: "any value"
        }
    }

    private static func name(of kind: JSONKind) -> String {
        switch kind {
        case .object: "object"
        case .array: "array"
        case .string: "string"
        case .integer: "integer"
        case .decimal: "number with a fraction or an exponent"
        case .true, .false: "boolean"
        case .null: "null"
        }
    }
}
