public import WaiaasCore

/// What a session has done, as `authorize` counted it.
public struct UsageStats: Message {
    /// How many requests were authorised.
    public let totalTx: Int64
    /// The sum of their amounts.
    public let totalAmount: Amount
    /// When the last one was.
    public let lastTxAt: WallTime?

    /// The usage of the domain.
    public init(_ usage: SessionUsage) {
        totalTx = usage.transactions
        totalAmount = usage.amount
        lastTxAt = usage.lastAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What a session has done so far.",
        [
            Field("totalTx", \.totalTx, "How many requests were authorised."),
            Field("totalAmount", \.totalAmount, "The sum of their amounts."),
            .optional("lastTxAt", \.lastTxAt, "When the last one was."),
        ])
    /// Some usage.
    public static let example = UsageStats(SessionUsage(transactions: 3, amount: Amount("4.25") ?? .zero, lastAt: Sample.later))

    /// Reads a usage.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        totalTx = try object.required("totalTx")
        totalAmount = try object.required("totalAmount")
        lastTxAt = try object.optional("lastTxAt")
    }
}
