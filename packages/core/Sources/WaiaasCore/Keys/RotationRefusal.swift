/// Why a rotation was refused; nothing has changed.
public enum RotationRefusal: Error, Equatable, Sendable {
    /// The rotation before is too young. Carries how long to wait, and when the retiring key ends, if one still verifies.
    case tooRecent(wait: Duration, previousEndsAt: WallTime?)
    /// The new key has the kid of a key already in the ring: the source of randomness repeats itself.
    case repeatedKey(KeyID)
}
