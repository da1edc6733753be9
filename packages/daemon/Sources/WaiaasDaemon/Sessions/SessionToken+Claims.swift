import WaiaasCore

extension SessionToken.Claims {
    /// Reads a payload whose signature was verified; nil unless it has exactly the claims of a session token.
    init?(_ payload: [UInt8]) {
        guard let document = try? JSONDocument(scanning: payload), case let root = document.root, root.kind == .object,
            root.member("iss")?.string == SessionToken.issuer,
            let sid = root.member("sid")?.string, let session = SessionID(sid), root.member("sub")?.string == sid,
            let agent = root.member("aid")?.string.flatMap({ AgentID($0) }),
            let jti = root.member("jti")?.string.flatMap({ TokenID($0) }),
            let issuedAt = root.member("iat")?.integer, let expiresAt = root.member("exp")?.integer
        else { return nil }
        self.init(
            session: session, agent: agent, jti: jti, issuedAt: WallTime(seconds: issuedAt), expiresAt: WallTime(seconds: expiresAt))
    }
}
