/// What an agent may do with a session; a nil constraint does not bound it (design 2.2).
public struct SessionConstraints: Equatable, Sendable {
    /// The most one request may move.
    public let maxAmountPerTx: Amount?
    /// The most all requests together may move, over the whole life of the session.
    public let maxTotalAmount: Amount?
    /// How many requests are allowed.
    public let maxTransactions: Int64?
    /// The operations allowed, compared byte for byte.
    public let allowedOperations: [String]?
    /// The destinations allowed, compared byte for byte.
    public let allowedDestinations: [String]?

    /// No bounds at all.
    public static let none = SessionConstraints()

    /// Constraints from their parts.
    public init(
        maxAmountPerTx: Amount? = nil, maxTotalAmount: Amount? = nil, maxTransactions: Int64? = nil,
        allowedOperations: [String]? = nil, allowedDestinations: [String]? = nil
    ) {
        self.maxAmountPerTx = maxAmountPerTx
        self.maxTotalAmount = maxTotalAmount
        self.maxTransactions = maxTransactions
        self.allowedOperations = allowedOperations
        self.allowedDestinations = allowedDestinations
    }

    /// Whether nothing is bounded.
    public var isEmpty: Bool { self == .none }
}

/// One constraint by its name in the API.
public enum ConstraintName: String, Sendable, CaseIterable {
    /// See ``SessionConstraints/maxAmountPerTx``.
    case maxAmountPerTx
    /// See ``SessionConstraints/maxTotalAmount``.
    case maxTotalAmount
    /// See ``SessionConstraints/maxTransactions``.
    case maxTransactions
    /// See ``SessionConstraints/allowedOperations``.
    case allowedOperations
    /// See ``SessionConstraints/allowedDestinations``.
    case allowedDestinations
}
