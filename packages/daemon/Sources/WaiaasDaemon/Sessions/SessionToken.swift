import WaiaasCore
import WaiaasCrypto

/// The token of an agent session: `wai_sess_` and a compact JWS (design 2.2).
enum SessionToken {
    /// What every token begins with: a cheap refusal of anything else, and a mark for secret scanners.
    static let prefix = Array("wai_sess_".utf8)
    /// Longest token, in bytes.
    static let longest = prefix.count + JWS.longest
    /// The issuer that every token names.
    static let issuer = "waiaas"

    /// What a token says.
    struct Claims: Equatable {
        let session: SessionID
        let agent: AgentID
        let jti: TokenID
        let issuedAt: WallTime
        let expiresAt: WallTime
    }

    /// Signs a token. The same claims and key always give the same bytes.
    ///
    /// - Returns: the token's bytes, and what is kept of it.
    static func sign(_ claims: Claims, with key: SessionKey) throws(CryptoError) -> (token: [UInt8], issued: IssuedToken) {
        let token = prefix + (try JWS.sign(payload(of: claims), with: key.material))
        let issued = IssuedToken(
            hash: SHA256.digest(token), kid: key.kid, jti: claims.jti, issuedAt: claims.issuedAt, expiresAt: claims.expiresAt)
        return (token, issued)
    }

    private static func payload(of claims: Claims) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.key("iss")
        writer.string(issuer)
        let session = claims.session.description
        writer.key("sub")
        writer.string(session)
        writer.key("sid")
        writer.string(session)
        writer.key("aid")
        writer.string(claims.agent.description)
        writer.key("jti")
        writer.string(claims.jti.description)
        writer.key("iat")
        writer.integer(claims.issuedAt.seconds)
        writer.key("exp")
        writer.integer(claims.expiresAt.seconds)
        writer.endObject()
        return writer.bytes
    }
}
