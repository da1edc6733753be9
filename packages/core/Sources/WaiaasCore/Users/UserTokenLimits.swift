/// What bounds the life of user tokens (design 2.7).
public enum UserTokenLimits {
    /// The lives that may be asked for, in seconds: a minute to a day.
    public static let lifeRange: ClosedRange<Int64> = 60...86_400
    /// The longest life of a token: as long as a key must verify after it signed its last.
    public static let longestLife = Duration.seconds(lifeRange.upperBound)
}
