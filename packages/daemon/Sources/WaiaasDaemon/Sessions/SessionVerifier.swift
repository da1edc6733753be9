import WaiaasCore
import WaiaasCrypto

/// Verifies session tokens from memory alone: prefix, signature by the ring's snapshot, claims, live session (design 2.2).
///
/// This is the hot path: no store, no write, no lock that is held across work.
struct SessionVerifier: Sendable {
    private let secrets: JwtSecretManager
    private let sessions: SessionTable
    private let agents: AgentTable
    private let clocks: Clocks
    private let tokens = VerifiedTokens<SessionToken.Claims>()

    init(secrets: JwtSecretManager, sessions: SessionTable, agents: AgentTable, clocks: Clocks) {
        self.secrets = secrets
        self.sessions = sessions
        self.agents = agents
        self.clocks = clocks
    }

    /// A token that was found good.
    struct Verified: Sendable {
        /// Its session.
        let session: SessionID
        /// Its agent.
        let agent: AgentID
        /// SHA-256 of the whole token.
        let hash: Digest256
        /// When it ends.
        let expiresAt: WallTime
        /// The key that signed it.
        let kid: KeyID
        /// Whether the secret before signed it, so that it must cross over before the window ends.
        let isOfRetiringKey: Bool
    }

    /// Verifies a token.
    ///
    /// - Parameter token: the whole string, prefix included.
    /// - Throws: ``Problem``: `INVALID_TOKEN`, `TOKEN_EXPIRED`, `SESSION_REVOKED`, `AGENT_SUSPENDED`.
    func verify(_ token: ArraySlice<UInt8>) throws(Problem) -> Verified {
        var tally = secrets.snapshot.foreign
        do throws(Problem) {
            let verified = try VerificationScope.run { () throws(Problem) in try judge(token, &tally) }
            tally.good.add()
            return verified
        } catch {
            tally.count(error.code)
            throw error
        }
    }

    /// - Parameter tally: set to that of the key that signed, as soon as it is found.
    private func judge(_ token: ArraySlice<UInt8>, _ tally: inout VerificationTally) throws(Problem) -> Verified {
        guard token.count <= SessionToken.longest, token.starts(with: SessionToken.prefix) else { throw Problem(.invalidToken) }
        let now = clocks.now
        let hash = SHA256.digest(token)
        if let known = known(hash, at: now) {
            tally = known.tally
            return try admit(known.finding, known.state, hash, at: now)
        }
        let (finding, state) = try read(token, at: now, &tally)
        let verified = try admit(finding, state, hash, at: now)
        tokens.keep(finding, for: hash)
        return verified
    }

    private struct Known {
        let finding: VerifiedTokens<SessionToken.Claims>.Finding
        let state: KeyState
        let tally: VerificationTally
    }

    /// What was found when this token was verified before, if the ring is still the same and the key's time is not over.
    private func known(_ hash: Digest256, at now: Moment) -> Known? {
        secrets.snapshot.read { keys in
            guard let finding = tokens.finding(for: hash, epoch: keys.ring.epoch),
                let state = keys.ring.verifyingState(of: finding.kid, at: now)
            else { return nil }
            return Known(finding: finding, state: state, tally: keys.tally(of: state))
        }
    }

    /// What a token says, once a key of the ring has been found to have signed it.
    private func read(
        _ token: ArraySlice<UInt8>, at now: Moment, _ tally: inout VerificationTally
    ) throws(Problem) -> (VerifiedTokens<SessionToken.Claims>.Finding, KeyState) {
        let keys = secrets.snapshot.counted
        let ring = keys.ring
        let (payload, key) = try authenticated(token.dropFirst(SessionToken.prefix.count), by: ring, at: now)
        tally = keys.tally(of: key.state)
        guard let claims = SessionToken.Claims(payload) else { throw Problem(.invalidToken) }
        return (VerifiedTokens<SessionToken.Claims>.Finding(claims: claims, kid: key.kid, epoch: ring.epoch), key.state)
    }

    /// What is asked with every request: the times, the session and the agent.
    private func admit(
        _ finding: VerifiedTokens<SessionToken.Claims>.Finding, _ state: KeyState, _ hash: Digest256, at now: Moment
    ) throws(Problem) -> Verified {
        let claims = finding.claims
        guard claims.issuedAt <= now.wall + SessionLimits.leeway else { throw Problem(.invalidToken) }
        guard now.wall < claims.expiresAt + SessionLimits.leeway else { throw Problem(.tokenExpired) }
        switch sessions.match(claims.session, hash: hash, at: now.wall) {
        case .current(claims.agent, _), .before(claims.agent, _): break
        case .unknown: throw Problem(.sessionRevoked)
        case .current, .before, .superseded: throw Problem(.invalidToken)
        }
        guard !agents.isSuspended(claims.agent) else { throw Problem(.callerSuspended) }
        return Verified(
            session: claims.session, agent: claims.agent, hash: hash, expiresAt: claims.expiresAt, kid: finding.kid,
            isOfRetiringKey: state == .retiring)
    }

    /// The payload, once a key of the ring has been found to have signed it: the one `kid` names, or for a token without a kid the
    /// active one, then the retiring one.
    private func authenticated(
        _ jws: ArraySlice<UInt8>, by ring: SessionRing, at now: Moment
    ) throws(Problem) -> ([UInt8], SessionKey) {
        do throws(JWSError) {
            let parsed = try JWS(parsing: jws)
            guard parsed.header.type == "JWT" else { throw JWSError.authenticationFailure }
            if let name = parsed.header.kid {
                guard let key = ring.verifyingKey(named: name, at: now) else { throw JWSError.authenticationFailure }
                return (try parsed.payload(verifiedBy: key.material), key)
            }
            for key in ring.verifyingKeys(at: now) {
                if let payload = try? parsed.payload(verifiedBy: key.material) { return (payload, key) }
            }
            throw JWSError.authenticationFailure
        } catch {
            // One answer whatever the reason: who sends tokens learns nothing about keys (JWT-19).
            throw Problem(.invalidToken)
        }
    }
}
