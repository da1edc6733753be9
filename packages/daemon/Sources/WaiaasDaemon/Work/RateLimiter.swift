import Synchronization
import WaiaasCore

/// A rate limit for each of many sources, with a bound on how many are remembered.
final class RateLimiter<Source: Hashable & Sendable>: Sendable {
    private let limit: RateLimit
    private let sources: Int
    private let states = Mutex<[Source: RateLimit.State]>([:])

    /// - Parameters:
    ///   - limit: what each source may do.
    ///   - sources: how many are remembered; when there are more, those that have been quiet are forgotten, and if all are busy the
    ///     newest source is refused: forgetting a busy one would lift its limit.
    init(_ limit: RateLimit, sources: Int) {
        self.limit = limit
        self.sources = sources
    }

    /// Counts one event of a source.
    ///
    /// - Returns: nil if it is allowed, else how long until one is; being refused costs nothing.
    func take(_ source: Source, at now: ContinuousTime) -> Duration? {
        states.withLock { states in
            if states[source] == nil, states.count >= sources {
                states = states.filter { !$0.value.isIdle(at: now) }
                if states.count >= sources { return limit.span }
            }
            return limit.take(&states[source], at: now)
        }
    }

    /// Takes back an event that was counted and turned out not to be of the kind that is limited.
    func giveBack(_ source: Source) {
        states.withLock { states in states[source] = states[source].map { limit.giveBack($0) } }
    }
}
