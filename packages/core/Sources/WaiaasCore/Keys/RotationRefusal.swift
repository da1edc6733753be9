/// Why a change of a ring was refused; nothing has changed.
public enum RotationRefusal: Error, Equatable, Sendable {
    /// The rotation before is too young. Carries how long to wait, and when the retiring key ends, if one still verifies.
    case tooRecent(wait: Duration, previousEndsAt: WallTime?)
    /// The new key has the kid of a key already in the ring: the source of randomness repeats itself.
    case repeatedKey(KeyID)
    /// A next key waits already; it will sign in so long.
    case alreadyStaged(KeyID, wait: Duration)
    /// There is no next key.
    case notStaged
    /// The next key is not known long enough yet.
    case stillStaged(wait: Duration)
    /// The key signs: another must take its place first.
    case signs(KeyID)
    /// The ring has no such key.
    case unknownKey(KeyID)
}
