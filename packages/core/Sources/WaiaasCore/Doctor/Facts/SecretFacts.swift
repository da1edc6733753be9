/// How old the session secret is, and with the password whether it opens.
public struct SecretFacts: DoctorFacts, Hashable {
    /// When the secret in use was made.
    public enum Age: Hashable, Sendable {
        /// By `init`, and never changed since.
        case initial
        /// By the last rotation or reset.
        case since(WallTime)
        /// Nobody can tell.
        case unknown
    }

    /// When the secret in use was made.
    public let age: Age
    /// The wall clock.
    public let now: WallTime
    /// What could not be opened with the right password; nil if no password was given.
    public let unopened: [String]?
    /// What a running daemon says should be looked at of the event secret.
    public let events: [String]

    /// A quarter: longer than this no secret should be in use.
    public static let usual = Duration.seconds(90 * 86_400)

    /// Facts.
    public init(age: Age, now: WallTime, unopened: [String]?, events: [String] = []) {
        self.age = age
        self.now = now
        self.unopened = unopened
        self.events = events
    }

    /// The secrets.
    public var subject: DoctorSubject { .secrets }
    /// What to do about them.
    public var findings: [Finding] {
        var findings = [Finding(.secretsSealed, ifAny: unopened ?? []), Finding(.eventSecret, ifAny: events)].compactMap(\.self)
        switch age {
        case .initial: findings.append(Finding(.neverRotated))
        case .since(let time) where now - time > Self.usual: findings.append(Finding(.rotationDue, "since \(time.iso8601)"))
        case .since, .unknown: break
        }
        return findings
    }
    /// What was seen.
    public var summary: String {
        let opened = unopened == nil ? "" : "; the password opens all of them"
        return switch age {
        case .since(let time): "changed at \(time.iso8601)" + opened
        case .initial, .unknown: "when they were changed is not known" + opened
        }
    }
}
