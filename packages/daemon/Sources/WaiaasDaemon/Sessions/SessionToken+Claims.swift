import WaiaasCore

extension SessionToken.Claims {
    /// Reads a payload whose signature was verified; nil unless it has exactly the claims of a session token.
    init?(_ payload: [UInt8]) {
        guard let document = try? JSONDocument(scanning: payload), case let root = document.root, root.kind == .object,
            root.member("iss")?.isString(SessionToken.issuer) == true,
            let sid = root.member("sid")?.utf8, let session = SessionID(utf8: sid), root.member("sub")?.utf8 == sid,
            let agent = root.member("aid")?.utf8.flatMap({ AgentID(utf8: $0) }),
            let jti = root.member("jti")?.utf8.flatMap({ TokenID(utf8: $0) }),
            let issuedAt = root.member("iat")?.integer, let expiresAt = root.member("exp")?.integer
        else { return nil }
        self.init(
            session: session, agent: agent, jti: jti, issuedAt: WallTime(seconds: issuedAt), expiresAt: WallTime(seconds: expiresAt))
    }
}
