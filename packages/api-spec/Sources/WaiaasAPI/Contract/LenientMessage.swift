public import WaiaasCore

/// A request of a public session, read as the original reads it (facts A.4.8): unknown members are left aside, and a member that is
/// missing or of another kind is 422, while a document that is no JSON is 400.
public protocol LenientMessage: Message {}

extension LenientMessage {
    /// Reads a body.
    public init(decoding bytes: [UInt8], as reading: Reading) throws(Problem) {
        let node = try JSONNode(decoding: bytes, as: reading)
        let issues = Self.schema.issues(in: node, refusesUnknown: false)
        if issues.contains(where: { $0.code == .missing || $0.code == .type }) { throw .validation(issues, .validationErrorUnprocessable) }
        try self.init(node, as: Reading(limits: reading.limits, refusesUnknown: false))
    }
}

extension Reading {
    /// The body of a request that carries a template and may carry more: 1 MiB.
    public static let lenient = Reading(limits: .large, refusesUnknown: false)
}
