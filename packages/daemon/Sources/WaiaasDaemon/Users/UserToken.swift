import WaiaasCore
import WaiaasCrypto

/// The token of a user, or of an OAuth client: a JWS that anyone can verify with the published keys (design 2.7).
struct UserToken: Equatable, Sendable {
    /// Who issues it (`iss`).
    let issuer: String
    /// For whom (`aud`).
    let audience: String
    /// The user, or the client that asked in its own name (`sub`).
    let subject: String
    /// The client it was issued to (`client_id`, RFC 9068 section 2.2); nil for a login without one.
    let client: OAuthClient.ID?
    /// Its own id (`jti`): a UUIDv7, whose milliseconds tell tokens of one second apart.
    let id: Identifier<UserToken>
    /// The login it belongs to (`sid`); nil without one.
    let family: FamilyID?
    /// A whole second.
    let issuedAt: WallTime
    /// A whole second.
    let expiresAt: WallTime

    /// The claims as JSON.
    var payload: [UInt8] {
        var writer = JSONWriter(reserving: 320)
        writer.beginObject()
        writer.member("iss", issuer)
        writer.member("aud", audience)
        writer.member("sub", subject)
        if let client { writer.member("client_id", client.text) }
        writer.member("jti", id.description)
        if let family { writer.member("sid", family.description) }
        writer.member("iat", issuedAt.seconds)
        writer.member("exp", expiresAt.seconds)
        writer.endObject()
        return writer.bytes
    }

    /// How the audit log names its bearer.
    var actor: AuditActor {
        if isOfClient, let client { return .client(client) }
        return UserID(subject).map { .user($0) } ?? .system
    }

    /// How long it lives, in seconds (`expires_in`).
    var lifeInSeconds: Int64 { (expiresAt - issuedAt).secondsRoundedUp }

    /// Whether a client was given it in its own name, with no user behind it.
    var isOfClient: Bool { client != nil && family == nil }

    /// When it was really issued: the milliseconds in its id, which lie within the second that `iat` names.
    var issuedAtExactly: WallTime { WallTime(milliseconds: Int64(clamping: id.high >> 16)) }
}

extension UserToken {
    /// Reads a payload whose signature was verified; nil unless it has the claims of a user's token.
    init?(_ payload: [UInt8]) {
        guard let root = (try? JSONDocument(scanning: payload))?.root, root.kind == .object,
            let issuer = root.member("iss")?.string, let audience = root.member("aud")?.string,
            let subject = root.member("sub")?.string, !subject.isEmpty,
            let id = root.member("jti")?.utf8.flatMap({ Identifier<UserToken>(utf8: $0) }),
            let issuedAt = root.member("iat")?.integer, let expiresAt = root.member("exp")?.integer
        else { return nil }
        var (client, family): (OAuthClient.ID?, FamilyID?)
        if let member = root.member("client_id") {
            guard let id = member.string.flatMap(OAuthClient.ID.init) else { return nil }
            client = id
        }
        if let member = root.member("sid") {
            guard let id = member.utf8.flatMap({ FamilyID(utf8: $0) }) else { return nil }
            family = id
        }
        self.init(
            issuer: issuer, audience: audience, subject: subject, client: client, id: id, family: family,
            issuedAt: WallTime(seconds: issuedAt), expiresAt: WallTime(seconds: expiresAt))
    }
}
