public import WaiaasCore

/// What an agent may do with a session.
public struct Constraints: Message {
    /// The constraints of the domain.
    public let values: SessionConstraints

    /// Constraints of the domain; nil if nothing is bounded, so that "none" is an absent member.
    public init?(bounding values: SessionConstraints) {
        guard !values.isEmpty else { return nil }
        self.values = values
    }

    private init(_ values: SessionConstraints) { self.values = values }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "Bounds of a session; what is left out is not bounded.",
        [
            .optional("maxAmountPerTx", \.values.maxAmountPerTx, "The most one authorised request may move."),
            .optional("maxTotalAmount", \.values.maxTotalAmount, "The most all of them may move, over the session's whole life."),
            .optional(
                "maxTransactions", \.values.maxTransactions, "How many requests may be authorised.", schema: .integer(1...1_000_000_000)),
            .optional(
                "allowedOperations", \.values.allowedOperations, "The operations allowed, compared byte for byte.",
                schema: .array(of: operationSchema, count: 1...100)),
            .optional(
                "allowedDestinations", \.values.allowedDestinations, "The destinations allowed, compared byte for byte.",
                schema: .array(of: destinationSchema, count: 1...100)),
        ])
    /// The name of an operation.
    static let operationSchema = Schema.string(.text(1...64))
    /// The name of a destination.
    static let destinationSchema = Schema.string(.text(1...256))
    /// A bounded session.
    public static let example = Constraints(
        SessionConstraints(
            maxAmountPerTx: Amount("1.5"), maxTotalAmount: Amount("100"), maxTransactions: 20, allowedOperations: ["TRANSFER"],
            allowedDestinations: ["treasury"]))

    /// Reads constraints.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        values = SessionConstraints(
            maxAmountPerTx: try object.optional("maxAmountPerTx"), maxTotalAmount: try object.optional("maxTotalAmount"),
            maxTransactions: try object.optional("maxTransactions"), allowedOperations: try object.optional("allowedOperations"),
            allowedDestinations: try object.optional("allowedDestinations"))
    }
}
