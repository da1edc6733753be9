import WaiaasCore
import WaiaasCrypto

/// Makes user tokens and verifies them, both from memory: the key ring's snapshot, and the few who are refused.
struct UserTokenService: Sendable {
    let keys: UserKeyService
    let restrictions: UserRestrictions
    /// Who there is among the clients: a client's own token ends with the client.
    let clients: OAuthClientTable
    /// `iss` of every token.
    let issuer: LateIssuer
    /// `aud` of every token.
    let audience: String
    let clocks: Clocks
    let randomness: Randomness
    /// How many were issued.
    let issuance: UserTokenIssuance
    /// How verifications came out.
    let verifications = VerificationTally()
    private let verified = VerifiedTokens<UserToken>()

    init(
        keys: UserKeyService, restrictions: UserRestrictions, clients: OAuthClientTable, issuer: LateIssuer, audience: String,
        clocks: Clocks, randomness: Randomness, issuance: UserTokenIssuance
    ) {
        self.keys = keys
        self.restrictions = restrictions
        self.clients = clients
        self.issuer = issuer
        self.audience = audience
        self.clocks = clocks
        self.randomness = randomness
        self.issuance = issuance
    }

    /// A token whose claims and key are decided, and that is not signed yet.
    ///
    /// The store decides in its transaction: the key and the end are noted there. Signing is slow (RSA takes half a millisecond) and
    /// follows after the commit, off the writer's thread; a promotion in between has taken the token's end into account.
    struct Draft: Sendable {
        let claims: UserToken
        /// The key that will sign it.
        let kid: KeyID
        fileprivate let pair: UserKeyPair
        fileprivate let issuance: UserTokenIssuance

        /// The token, which counts as issued.
        func signed() throws(CryptoError) -> [UInt8] {
            let token = try pair.sign(claims.payload)
            issuance.note(claims, signedBy: kid)
            return token
        }
    }

    /// Decides a token, with the key that signs now: call it inside the transaction that notes its end.
    ///
    /// - Parameters:
    ///   - subject: the user or the client.
    ///   - life: how long it lives.
    ///   - family: the login it belongs to; a token without one is noted in memory, so that its key outlives it.
    ///   - notBefore: from when on tokens of the user are good: one of the millisecond of the change counts as issued right after it.
    func draft(
        for subject: String, client: OAuthClient.ID?, family: FamilyID?, life: Duration, at now: WallTime, notBefore: WallTime? = nil
    ) throws(Problem) -> Draft {
        let key = keys.ring.active
        guard let pair = key.material.pair else { throw Problem(.internalError) }
        let issued = min(max(now, notBefore ?? now), now + SessionLimits.leeway + .milliseconds(1))
        let claims = UserToken(
            issuer: issuer.text, audience: audience, subject: subject, client: client, id: Identifier(at: issued, randomness: randomness),
            family: family, issuedAt: now.wholeSecond, expiresAt: now.wholeSecond + life)
        if family == nil { keys.familyless.note(at: now) }
        return Draft(claims: claims, kid: key.kid, pair: pair, issuance: issuance)
    }

    /// Verifies a token without touching the store.
    ///
    /// - Throws: ``Problem``: `INVALID_TOKEN`, `TOKEN_EXPIRED`.
    func verify(_ token: ArraySlice<UInt8>) throws(Problem) -> UserToken {
        do throws(Problem) {
            let claims = try VerificationScope.run { () throws(Problem) in try judge(token) }
            verifications.good.add()
            return claims
        } catch {
            verifications.count(error.code)
            throw error
        }
    }

    private func judge(_ token: ArraySlice<UInt8>) throws(Problem) -> UserToken {
        let now = clocks.now
        let claims = try read(token, at: now)
        guard claims.issuer == issuer.text, claims.audience == audience else { throw Self.invalid }
        guard claims.issuedAt <= now.wall + SessionLimits.leeway else { throw Self.invalid }
        guard now.wall < claims.expiresAt + SessionLimits.leeway else {
            throw Problem(.tokenExpired, message: "The token has expired.", hint: Self.hint)
        }
        guard isBearerKnown(claims), !restrictions.refuses(claims, of: claims.isOfClient ? nil : UserID(claims.subject)) else {
            throw Self.invalid
        }
        return claims
    }

    /// Whether a client's own token is one of a client that is still there, and not of one that had the name before it.
    private func isBearerKnown(_ claims: UserToken) -> Bool {
        guard claims.isOfClient, let id = claims.client else { return true }
        return clients.client(id).map { $0.createdAt <= claims.issuedAtExactly } ?? false
    }

    /// What a token says, once a key of the ring has been found to have signed it.
    private func read(_ token: ArraySlice<UInt8>, at now: Moment) throws(Problem) -> UserToken {
        let ring = keys.ring
        let hash = SHA256.digest(token)
        if let known = verified.finding(for: hash, epoch: ring.epoch), ring.verifyingState(of: known.kid, at: now) != nil {
            return known.claims
        }
        let (payload, kid) = try authenticated(token, by: ring, at: now)
        guard let claims = UserToken(payload) else { throw Self.invalid }
        verified.keep(.init(claims: claims, kid: kid, epoch: ring.epoch), for: hash)
        return claims
    }

    private func authenticated(_ token: ArraySlice<UInt8>, by ring: UserRing, at now: Moment) throws(Problem) -> ([UInt8], KeyID) {
        do throws(JWSError) {
            let parsed = try JWS(parsing: token)
            guard parsed.header.type == "JWT", let kid = parsed.header.kid, let key = ring.verifyingKey(named: kid, at: now) else {
                throw JWSError.authenticationFailure
            }
            return (try key.material.payload(of: parsed), kid)
        } catch {
            // One answer whatever the reason: who sends tokens learns nothing about keys (JWT-19).
            throw Self.invalid
        }
    }

    private static let hint = "Refresh it (POST /api/auth/refresh), or sign in again (POST /api/auth/token)."
    private static var invalid: Problem {
        Problem(
            .invalidToken, message: "The token is missing or not valid.",
            hint: "Send Authorization: Bearer and a token of POST /api/auth/token.")
    }
}
