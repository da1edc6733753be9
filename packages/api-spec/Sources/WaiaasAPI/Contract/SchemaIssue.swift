public import WaiaasCore

/// One fault of a request against its schema.
public struct SchemaIssue: Hashable, Sendable {
    /// The kinds of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// A member that must be there is not.
        case missing
        /// A member that the schema does not know.
        case unknown
        /// Another kind of value.
        case type
        /// A number outside its range, or a list of the wrong length.
        case range
        /// A text that breaks its format.
        case format
        /// None, or more than one, of members that exclude each other.
        case exclusive
        /// The document is not JSON as this product reads it.
        case syntax
    }

    /// Where: `$.constraints.maxTransactions`, `path.id`, `query.limit`.
    public let path: String
    /// What kind of fault.
    public let code: Code
    /// The fault in words.
    public let message: String
    /// What was expected.
    public let expected: String
    /// What was there, shortened.
    public let received: String

    /// An issue from its parts.
    public init(path: String, code: Code, message: String, expected: String, received: String) {
        self.path = path
        self.code = code
        self.message = message
        self.expected = expected
        self.received = received
    }

    /// The issue as it stands in `details.issues`.
    public var detail: DetailValue {
        [
            "path": .string(path), "code": .string(code.rawValue), "message": .string(message), "expected": .string(expected),
            "received": .string(received),
        ]
    }
}

extension Problem {
    /// `VALIDATION_ERROR` with its issues in `details.issues`.
    ///
    /// - Parameter code: the row, of which there is one with 400 and one with 422.
    public static func validation(_ issues: [SchemaIssue], _ code: ProblemCode = .validationError) -> Problem {
        Problem(
            code, message: issues.count == 1 ? "\(issues[0].path): \(issues[0].message)." : nil,
            details: ["issues": .array(issues.map(\.detail))])
    }

    /// `VALIDATION_ERROR` for bytes that are not JSON as this product reads it.
    static func syntax(_ error: JSONError) -> Problem {
        validation([
            SchemaIssue(
                path: "$", code: .syntax, message: "\(error) (at byte \(error.offset))", expected: "one JSON document, UTF-8",
                received: "\(error)")
        ])
    }
}
