/// A limit on how often something may happen: so many times at once, refilled evenly over a span (a token bucket). A pure rule.
public struct RateLimit: Hashable, Sendable {
    /// How many times within ``span``.
    public let count: Int
    /// The span.
    public let span: Duration

    /// A limit; a count of 0 is no limit.
    public init(_ count: Int, per span: Duration) {
        self.count = count
        self.span = span
    }

    /// What is remembered of one source: the time at which its bucket will be full again.
    public struct State: Hashable, Sendable {
        let fullAt: ContinuousTime

        /// Whether nothing needs to be remembered any more.
        public func isIdle(at now: ContinuousTime) -> Bool { fullAt <= now }
    }

    /// Counts one event if there is room for it.
    ///
    /// - Parameters:
    ///   - state: what is remembered; nil for a source not seen lately. Left alone when the event is refused.
    ///   - now: the continuous clock, so that setting the wall clock opens nothing.
    /// - Returns: nil if the event is allowed, else how long until one is.
    public func take(_ state: inout State?, at now: ContinuousTime) -> Duration? {
        guard count > 0 else { return nil }
        let cost = span / count
        let emptyAt = max(state?.fullAt ?? now, now)
        let wait = emptyAt - now + cost - span
        guard wait <= .zero else { return wait }
        state = State(fullAt: emptyAt + cost)
        return nil
    }

    /// The state without one event that was counted.
    public func giveBack(_ state: State) -> State {
        guard count > 0 else { return state }
        return State(fullAt: state.fullAt + (.zero - span / count))
    }
}
