/// What a session has done so far, as `authorize` counted it.
public struct SessionUsage: Equatable, Sendable {
    /// How many requests were allowed.
    public var transactions: Int64
    /// The sum of their amounts.
    public var amount: Amount
    /// When the last one was.
    public var lastAt: WallTime?

    /// A usage; none by default.
    public init(transactions: Int64 = 0, amount: Amount = .zero, lastAt: WallTime? = nil) {
        self.transactions = transactions
        self.amount = amount
        self.lastAt = lastAt
    }
}
