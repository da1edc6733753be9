/// What a rotation would do, told before it happens (`--dry-run`).
public struct RotationForecast: Hashable, Sendable {
    /// The kid that would retire.
    public let retiringKid: KeyID
    /// When it would stop verifying; nil for a rotation after a leak, which has no overlap.
    public let previousEndsAt: WallTime?
    /// How long until an ordinary rotation is allowed; nil when it is allowed now.
    public let wait: Duration?

    /// The forecast for a ring at a moment.
    ///
    /// - Parameter compromised: whether the other form of rotation is asked about, which neither waits nor overlaps.
    public init<Material>(of ring: KeyRing<Material>, at moment: Moment, policy: RotationPolicy, compromised: Bool) {
        retiringKid = ring.active.kid
        previousEndsAt = compromised ? nil : moment.wall + policy.overlap
        wait = compromised ? nil : ring.cooldownLeft(at: moment, policy: policy)
    }
}
