public import WaiaasCore

/// One piece of periodic work.
public struct WorkerStatus: Message {
    /// Which.
    public let name: String
    /// Whether it runs.
    public let running: Bool
    /// When it last did something; absent if it has not.
    public let lastRunAt: WallTime?

    /// A report from its parts.
    public init(name: String, running: Bool, lastRunAt: WallTime?) {
        self.name = name
        self.running = running
        self.lastRunAt = lastRunAt
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "One piece of periodic work.",
        [
            Field("name", \.name, "Which.", schema: .string(.text(1...64))),
            Field("running", \.running, "Whether it runs."),
            .optional("lastRunAt", \.lastRunAt, "When it last did something; absent if it has not."),
        ])
    /// A running daemon.
    public static let example = WorkerStatus(name: "sessionCleanup", running: true, lastRunAt: Sample.later)

    /// Reads a report.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        name = try object.required("name")
        running = try object.required("running")
        lastRunAt = try object.optional("lastRunAt")
    }
}
