import WaiaasCore

extension PageRequest {
    /// The page a query asks for, and how many items to show of it.
    ///
    /// One more is read than is shown: that there is one more is how we know of a next page.
    static func page(after cursor: Identifier<Subject>?, limit: Int64?, order: Order?) -> (PageRequest, shown: Int) {
        let shown = limit.map { Int($0) } ?? 20
        return (PageRequest(after: cursor, limit: shown + 1, order: order ?? .descending), shown)
    }
}
