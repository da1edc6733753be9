import WaiaasCore

extension SessionService {
    /// A renewed session with its new token.
    struct Renewed: Sendable {
        let session: Session
        let token: [UInt8]
    }

    /// Renews the session a token stands for: the rule decides, one statement compares and swaps, the new token is signed in between.
    ///
    /// Renewing with the token before, within a minute, answers the same new token again, made anew from the same claims and key:
    /// an answer that was lost on the way costs its owner nothing.
    ///
    /// - Throws: ``Problem`` for each ``RenewalRefusal``.
    func renew(_ presented: SessionVerifier.Verified, for caller: Caller) async throws -> Renewed {
        try await store.write { [self] transaction in
            let now = clocks.now
            guard let session = try transaction.session(presented.session) else { throw Problem(.sessionRevoked) }
            // The ring as of this turn: a rotation may have come between the check of the token and here.
            guard let key = secrets.ring.verifyingKey(named: presented.kid, at: now) else { throw Problem(.invalidToken) }
            switch try session.renewal(presenting: presented.hash, signedByRetiringKey: key.state == .retiring, at: now.wall) {
            case .repeatLast:
                return (try repeating(session, at: now), false)
            case .renew(let expiresAt, let counts):
                let renewed = try replacingToken(of: session, expiresAt: expiresAt, counts: counts, at: now.wall)
                guard try transaction.renew(renewed.session, presenting: presented.hash) else { throw Problem(.sessionRenewalMismatch) }
                try audit.append(
                    AuditEvent(
                        .sessionRenewed, by: caller.actor, agentID: session.agentID, sessionID: session.id, requestID: caller.requestID,
                        details: [
                            AuditDetail("kid", renewed.session.token.kid.text), AuditDetail("expiresAt", expiresAt.iso8601),
                            AuditDetail("renewalCount", Int64(renewed.session.renewalCount)),
                        ]),
                    to: transaction)
                return (renewed, true)
            }
        } committed: { [table] renewed, changed in
            if changed { table.set(SessionTrace(of: renewed.session)) }
        }.0
    }

    private func replacingToken(of session: Session, expiresAt: WallTime, counts: Bool, at now: WallTime) throws -> Renewed {
        let claims = SessionToken.Claims(
            session: session.id, agent: session.agentID, jti: TokenID(randomness: randomness), issuedAt: now.wholeSecond,
            expiresAt: expiresAt)
        let (token, traces) = try SessionToken.sign(claims, with: secrets.ring.active)
        var renewed = session
        renewed.tokenBefore = TokenBefore(of: session.token, renewedAt: now)
        renewed.token = traces
        renewed.renewalCount += counts ? 1 : 0
        return Renewed(session: renewed, token: token)
    }

    private func repeating(_ session: Session, at now: Moment) throws -> Renewed {
        guard let key = secrets.ring.verifyingKey(named: session.token.kid, at: now) else { throw Problem(.sessionRenewalMismatch) }
        let claims = SessionToken.Claims(
            session: session.id, agent: session.agentID, jti: session.token.jti, issuedAt: session.token.issuedAt,
            expiresAt: session.token.expiresAt)
        return Renewed(session: session, token: try SessionToken.sign(claims, with: key).token)
    }
}
