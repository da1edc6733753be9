public import WaiaasCore

/// `POST /v1/admin/shutdown`: stops the daemon in order.
public enum Shutdown: Operation {
    /// The answer.
    public typealias Output = ShutdownStarted
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/admin/shutdown", area: .admin, authentication: .operator, summary: "Stop the daemon",
        text: "Answers, then stops: no new connections, 30 seconds for requests in flight, then the store and the lock are released.")
}

/// The stop has begun.
public struct ShutdownStarted: Message {
    /// Always true.
    public let shutdownInitiated: Bool
    /// When it began.
    public let timestamp: WallTime

    /// A stop that began.
    public init(at timestamp: WallTime) {
        shutdownInitiated = true
        self.timestamp = timestamp
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "The stop has begun.",
        [
            Field("shutdownInitiated", \.shutdownInitiated, "Always true."),
            Field("timestamp", \.timestamp, "When it began."),
        ])
    /// A stop.
    public static let example = ShutdownStarted(at: Sample.time)

    /// Reads an answer.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        shutdownInitiated = try object.required("shutdownInitiated")
        timestamp = try object.required("timestamp")
    }
}
