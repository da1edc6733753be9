/// How often one network address gave a wrong master password, and what follows (design 2.3).
public struct Lockout: Equatable, Sendable {
    /// Consecutive wrong passwords that lock an address out.
    public static let failuresAllowed = 5
    /// How long it then stays out.
    public static let length = Duration.seconds(1_800)
    /// How much more than ``length`` an end may lie ahead: two requests read the clock one after the other.
    public static let tolerance = Duration.seconds(5)

    /// Wrong passwords since the last right one.
    public let failures: Int
    /// Until when the address is refused unheard; nil while it is not.
    public let lockedUntil: WallTime?

    /// A count as it is stored.
    public init(failures: Int, lockedUntil: WallTime?) {
        self.failures = failures
        self.lockedUntil = lockedUntil
    }

    /// How long the address is still refused; nil when it is heard.
    ///
    /// An end that lies farther ahead than it can have been set comes from a clock that was set back since. It counts as served:
    /// a clock put right must not keep an address out for years.
    public func wait(at now: WallTime) -> Duration? {
        guard let lockedUntil, now < lockedUntil, lockedUntil - now <= Self.length + Self.tolerance else { return nil }
        return min(lockedUntil - now, Self.length)
    }

    /// The count after one more wrong password.
    ///
    /// - Parameter before: the count so far, nil for none.
    public static func afterFailure(_ before: Lockout?, at now: WallTime) -> Lockout {
        // A time served starts the count anew.
        let served = before?.lockedUntil != nil && before?.wait(at: now) == nil
        let failures = (served ? 0 : before?.failures ?? 0) + 1
        return Lockout(failures: failures, lockedUntil: failures >= failuresAllowed ? now + length : nil)
    }
}
