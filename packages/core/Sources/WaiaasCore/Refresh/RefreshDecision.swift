/// What presenting a refresh token comes to. A pure rule over what is stored and the time (design 2.5; RFC 9700 section 4.14).
public enum RefreshDecision: Equatable, Sendable {
    /// The token is the newest: it is exchanged for a successor.
    case rotate
    /// Its owner did not get the answer, or asks twice at once: the same successor again. Carries it as it is sealed.
    case repeatSuccessor([UInt8])
    /// A used token came back: the family is revoked.
    case reuse
    /// The family was revoked before.
    case revoked
    /// The token, or the family, has ended by its age.
    case expired

    /// How long after its use a token may be presented again, if its successor is still unused.
    public static let retryWindow = Duration.seconds(30)
    /// How far ahead of our wall clock a stored time may lie before it is no longer taken for now.
    public static let tolerance = Duration.seconds(5)

    /// Decides.
    ///
    /// Reuse is tested before age: a thief who comes late is found all the same.
    ///
    /// - Parameters:
    ///   - token: the row of the presented token.
    ///   - family: its family, read in the same transaction.
    ///   - now: the wall clock.
    public init(presenting token: RefreshToken, of family: RefreshFamily, at now: WallTime) {
        if family.revocation != nil {
            self = .revoked
        } else if token.id != family.newest {
            // The successor is unused exactly while it is the family's newest token.
            if token.id == family.parent, let sealed = family.sealedSuccessor, Self.mayRetry(family.lastUsedAt, at: now) {
                // A retry outlives no login: what it would give ends with the family.
                self = now >= family.absoluteExpiresAt ? .expired : .repeatSuccessor(sealed)
            } else {
                self = .reuse
            }
        } else if now >= token.expiresAt || now >= family.absoluteExpiresAt {
            self = .expired
        } else {
            self = .rotate
        }
    }

    private static func mayRetry(_ usedAt: WallTime, at now: WallTime) -> Bool {
        (.zero - tolerance...retryWindow).contains(now - usedAt)
    }
}
