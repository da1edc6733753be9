/// How many connections there may be, and whose.
struct Places: Sendable, Equatable {
    /// Open at once.
    let count: Int
    /// Open at once from one network.
    let perNetwork: Int
    /// With more than this many open, idle connections are given less time.
    let crowdedFrom: Int
    /// Idle connections that make room together: they are looked for among all, so the search is paid for once.
    let batch: Int

    /// - Parameters:
    ///   - count: How many the process has descriptors for, or fewer.
    ///   - networkPercent: Percent of them that one network may hold.
    init(count: Int, networkPercent: Int) {
        self.count = count
        perNetwork = max(1, Self.share(of: count, percent: min(max(networkPercent, 1), 100)))
        crowdedFrom = Self.share(of: count, percent: 75)
        batch = max(1, count / 64)
    }

    /// How many streams there may be beside `connections`, where the process has `descriptors` for both: as many as are asked for, and where
    /// that is too many, what the connections leave, or half.
    static func streams(_ wanted: Int, beside connections: Int, of descriptors: Int) -> Int {
        min(max(0, wanted), max(descriptors - connections, descriptors / 2))
    }

    /// In two steps, so that no count overflows.
    private static func share(of count: Int, percent: Int) -> Int {
        count / 100 * percent + count % 100 * percent / 100
    }
}
