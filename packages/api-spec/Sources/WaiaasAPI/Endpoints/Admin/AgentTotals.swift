/// How many agents there are.
public struct AgentTotals: Message {
    /// Agents that may work.
    public let active: Int64
    /// Agents that may not.
    public let suspended: Int64

    /// A report from its parts.
    public init(active: Int64, suspended: Int64) {
        self.active = active
        self.suspended = suspended
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "How many agents there are.",
        [
            Field("active", \.active, "Agents that may work."),
            Field("suspended", \.suspended, "Agents that may not."),
        ])
    /// A running daemon.
    public static let example = AgentTotals(active: 3, suspended: 1)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        active = try object.required("active")
        suspended = try object.required("suspended")
    }
}
