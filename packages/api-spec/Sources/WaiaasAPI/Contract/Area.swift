/// The areas of the API: a folder of endpoints, a tag of the OpenAPI document, a page of the reference.
public enum Area: String, CaseIterable, Sendable {
    /// Signing and verifying events, and the secret that does it.
    case events = "Events"
    /// Whether the daemon is there, and what it can do.
    case health = "Health"
    /// Who may be given sessions.
    case agents = "Agents"
    /// Users' live pictures, and public ones.
    case panels = "Panels"
    /// Grants to agents, and their tokens.
    case sessions = "Sessions"
    /// Users, their tokens and their logins.
    case users = "Users"
    /// The endpoints of OAuth 2.
    case oauth = "OAuth"
    /// The page of panels and its files.
    case pages = "Pages"
    /// Secrets, status, audit: the operator's work.
    case admin = "Admin"

    /// What the area is about, in one sentence.
    public var text: String {
        switch self {
        case .health: "Whether the daemon is there, which one it is, and what it can do."
        case .agents: "Agents are who sessions are issued to: programs, services, bots."
        case .panels:
            "Panels are sessions with a picture: a template, arguments, and an SVG that everybody who looks at it sees change. A user's may be changed by that user alone, a public one by anybody."
        case .events:
            "Events are signed with a secret that others hold too; a rotation reaches all of them before the new key signs (docs/events.md)."
        case .sessions: "A session is a bounded grant to an agent. Its token, `wai_sess_…`, expires, can be renewed and revoked."
        case .users: "Users sign in with a password. Their tokens are JWTs that anyone can verify with the keys at /.well-known/jwks.json."
        case .oauth: "The endpoints of OAuth 2 (RFC 6749, 7009, 7662, 8414). They take forms and refuse in the form of RFC 6749."
        case .pages: "A page for people, served by the daemon itself: sign in, make and change panels, see them live."
        case .admin: "The operator's work: rotating the secret, seeing how the daemon does, reading the audit log, stopping it."
        }
    }
}
