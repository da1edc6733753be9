/// What is decided about the rotations of one ring.
public struct RotationPolicy: Hashable, Sendable {
    /// How long the key before goes on verifying.
    public let overlap: Duration
    /// How long after a rotation the next ordinary one is refused: it would drop a key still promised as valid.
    public let cooldown: Duration

    /// A policy from its two spans.
    public init(overlap: Duration, cooldown: Duration) {
        self.overlap = overlap
        self.cooldown = cooldown
    }

    /// The session ring: five minutes, by seed 000. No setting, variable or build flag reaches this.
    public static let session = RotationPolicy(overlap: .seconds(300), cooldown: .seconds(300))
}
