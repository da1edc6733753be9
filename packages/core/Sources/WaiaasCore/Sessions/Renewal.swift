/// What a renewal comes to.
public enum RenewalDecision: Equatable, Sendable {
    /// A new token with this end takes the place of the one presented.
    case renew(expiresAt: WallTime, countsAsRenewal: Bool)
    /// The one presented was renewed moments ago: its owner gets the same new token again.
    case repeatLast
}

/// Why a renewal is refused.
public enum RenewalRefusal: Error, Equatable, Sendable {
    /// The session was revoked.
    case revoked
    /// The token presented is not the session's.
    case mismatch
    /// All renewals are used up, or the session allows none.
    case limitReached(max: Int)
    /// The session would not live longer than it does: it has reached its absolute end.
    case absoluteEnd(WallTime)
    /// Half of the token's life is not over yet; it may be renewed from then on.
    case tooEarly(from: WallTime)
}

extension Session {
    /// Decides a renewal (design 2.2, and the crossing over of 2.1).
    ///
    /// - Parameters:
    ///   - presented: the hash of the token that asks.
    ///   - signedByRetiringKey: whether the secret before signed it. Such a token may cross over to the current secret at no
    ///     cost, whatever its age; its expiry then moves only if the ordinary rules would have moved it.
    ///   - now: the wall clock.
    public func renewal(
        presenting presented: Digest256, signedByRetiringKey: Bool, at now: WallTime
    ) throws(RenewalRefusal) -> RenewalDecision {
        guard revokedAt == nil else { throw .revoked }
        if presented != token.hash {
            guard let tokenBefore, tokenBefore.hash == presented, now <= tokenBefore.worksUntil else { throw .mismatch }
            return .repeatLast
        }
        do throws(RenewalRefusal) {
            return .renew(expiresAt: try ordinaryExpiry(at: now), countsAsRenewal: !signedByRetiringKey)
        } catch {
            guard signedByRetiringKey else { throw error }
            return .renew(expiresAt: token.expiresAt, countsAsRenewal: false)
        }
    }

    private func ordinaryExpiry(at now: WallTime) throws(RenewalRefusal) -> WallTime {
        guard renewalCount < maxRenewals else { throw .limitReached(max: maxRenewals) }
        // A token's `exp` is a whole second, so that is how far an absolute end between two seconds can be reached.
        let end = absoluteExpiresAt.wholeSecond
        guard token.expiresAt < end else { throw .absoluteEnd(absoluteExpiresAt) }
        let half = token.expiresAt - timeToLive / 2
        guard now >= half else { throw .tooEarly(from: half) }
        return min(now.wholeSecond + timeToLive, end)
    }
}
