/// The bounds that the operator sets for new sessions.
public struct SessionLimits: Equatable, Sendable {
    /// How long a token may live, in seconds.
    public static let timeToLiveRange: ClosedRange<Int64> = 300...604_800
    /// How far a token's `exp` and `iat` may be off: clocks of machines differ.
    public static let leeway = Duration.seconds(5)

    /// How long a token lives when nothing is asked.
    public let timeToLive: Duration
    /// How long a session lives with all its renewals.
    public let absoluteLifetime: Duration
    /// How many live sessions an agent may have.
    public let sessionsPerAgent: Int
    /// How many renewals a session has when nothing is asked.
    public let maxRenewals: Int

    /// Limits from the settings.
    public init(timeToLive: Duration, absoluteLifetime: Duration, sessionsPerAgent: Int, maxRenewals: Int) {
        self.timeToLive = timeToLive
        self.absoluteLifetime = absoluteLifetime
        self.sessionsPerAgent = sessionsPerAgent
        self.maxRenewals = maxRenewals
    }
}
