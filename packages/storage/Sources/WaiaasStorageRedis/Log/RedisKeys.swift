/// What our keys are called. The braces keep them together on a server that is several.
struct RedisKeys: Sendable {
    private let prefix: String

    /// - Parameter prefix: `storage.redis_prefix`; two truths on one server have two.
    init(prefix: String) {
        self.prefix = "{\(prefix)}"
    }

    /// Where the log ends: `sequence:digest`.
    var end: String { prefix + ":end" }
    /// The entries by their numbers.
    var log: String { prefix + ":log" }
    /// The wrapped master key, for who joins.
    var masterKey: String { prefix + ":master-key" }
    /// Which copy of the whole is complete: `sequence:chunks`.
    var snapshot: String { prefix + ":snapshot" }
    /// The chunks of a copy.
    func chunks(of snapshot: String) -> String { prefix + ":snapshot:" + snapshot }
    /// Where a new end is announced.
    var announcements: String { prefix + ":announcements" }
}
