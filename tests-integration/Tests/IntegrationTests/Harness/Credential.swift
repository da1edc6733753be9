/// Who is asking.
enum Credential: Sendable {
    case nobody
    case `operator`(String)
    case agent(token: String)

    var headers: [(String, String)] {
        switch self {
        case .nobody: []
        case .operator(let password): [("X-Master-Password", password)]
        case .agent(let token): [("Authorization", "Bearer \(token)")]
        }
    }
}
