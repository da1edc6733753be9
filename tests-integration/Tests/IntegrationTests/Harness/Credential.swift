import Foundation

/// Who is asking.
enum Credential: Sendable {
    case nobody
    case `operator`(String)
    /// Whoever bears a token: an agent session's, a user's, or a client's.
    case bearer(token: String)
    /// A browser with the cookie of a login.
    case cookie(refresh: String)
    /// An OAuth client, by HTTP Basic.
    case client(id: String, secret: String)

    var headers: [(String, String)] {
        switch self {
        case .nobody: []
        case .operator(let password): [("X-Master-Password", password)]
        case .bearer(let token): [("Authorization", "Bearer \(token)")]
        case .cookie(let refresh): [("Cookie", "waiaas_refresh=\(refresh)")]
        case .client(let id, let secret): [("Authorization", "Basic \(Data("\(id):\(secret)".utf8).base64EncodedString())")]
        }
    }

    /// The token of an agent session.
    static func agent(token: String) -> Credential { .bearer(token: token) }
}
