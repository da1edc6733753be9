/// One page of a list that is ordered by id.
public struct PageRequest<Subject>: Equatable, Sendable {
    /// The order of a list.
    public enum Order: String, Sendable, CaseIterable {
        /// Oldest first.
        case ascending = "asc"
        /// Newest first.
        case descending = "desc"
    }

    /// The id to go on after; nil starts at the beginning.
    public let after: Identifier<Subject>?
    /// How many items at most.
    public let limit: Int
    /// Which way to go.
    public let order: Order

    /// A page.
    public init(after: Identifier<Subject>?, limit: Int, order: Order) {
        self.after = after
        self.limit = limit
        self.order = order
    }
}
