import WaiaasAPI
import WaiaasCore

/// What every command takes.
enum CommonParameters {
    static let dataDirectory = Parameter<String>.text("data-dir", "DIR", "the data directory (WAIAAS_DATA_DIR, else ~/.waiaas)")
    static let passwordFile = Parameter<String>.text(
        "password-file", "FILE", "a file that holds the master password, for what needs it")
    static let json = Parameter<Bool>.flag("json", "print one JSON object; errors too, on standard error")
    static let help = Parameter<Bool>.flag("help", short: "h", "show this help")

    static let rows = [dataDirectory.row, passwordFile.row, json.row, help.row]
}

/// What several commands take.
enum SharedParameters {
    static let agent = Parameter<AgentReference>.positional(
        "AGENT", "the agent, by name or id", expected: AgentReference.expected, read: AgentReference.init)
    static let ofAgent = Parameter<AgentReference>.option(
        "agent", "NAME|ID", "only this agent's", expected: AgentReference.expected, read: AgentReference.init)
    static let session = Parameter<SessionID>.positional("SESSION", "the session's id", expected: "a session's id", read: { SessionID($0) })
    static let backup = Parameter<String>.positional(
        "FILE", "the backup", expected: "a path", read: { $0.isEmpty ? nil : $0 })
    static let user = Parameter<UserID>.positional(
        "USER", "the user's name", expected: "a user's name: 1 to 64 of the characters A-Z a-z 0-9 . _ - @ + (not only dots)",
        read: { UserID($0) })
    static let userPasswordFile = Parameter<String>.text(
        "user-password-file", "FILE", "a file that holds the user's password; else the terminal is asked, or standard input read")
    static let client = Parameter<OAuthClient.ID>.positional(
        "CLIENT", "the client's id", expected: "a client's id: 1 to 64 of the characters A-Z a-z 0-9 . _ - (not only dots)",
        read: { OAuthClient.ID($0) })
    static let secretOutput = Parameter<SecretOutput>.choice(
        "output", "how to print: the bare secret, the API's answer, or lines for a shell")
    static let ring = Parameter<RingName>.choice(
        "ring", "the keys of user tokens (the default), or of the audit log's checkpoints")
    static let key = Parameter<KeyID>.positional(
        "KID", "the key's name, as waiaas key list shows it", expected: "a key's name", mayBeginWithHyphen: true, read: { KeyID($0) })
    static let tokenOutput = Parameter<TokenOutput>.choice(
        "output", "how to print: the bare token, the API's answer, or lines for a shell")
    static let port = Parameter<Int64>.integer(
        "port", "PORT", in: 0...65_535, "the TCP port; 0 lets the system choose (daemon.port, 3100)")
    static let logLevel = Parameter<LogLevel>.choice("log-level", "the least severe lines that are logged (daemon.log_level, info)")
    static let yes = Parameter<Bool>.flag("yes", "do not ask for confirmation")
    static let pageSize = Parameter<Int64>.integer("limit", "N", in: 1...100, "how many at most (default 20)")
}

/// An agent as somebody names it.
enum AgentReference: Hashable, Sendable, CustomStringConvertible {
    case id(AgentID)
    case name(Agent.Name)

    static let expected = "an agent's name or id"

    /// As it was given.
    var description: String {
        switch self {
        case .id(let id): id.description
        case .name(let name): name.text
        }
    }

    /// Reads an id, else a name: a text that is an id is never taken for a name.
    @Sendable init?(_ text: String) {
        if let id = AgentID(text) {
            self = .id(id)
        } else if let name = Agent.Name(text) {
            self = .name(name)
        } else {
            return nil
        }
    }
}

/// How a command prints a token.
enum TokenOutput: String, CaseIterable, Sendable {
    case token
    case json
    case env
}

/// How a command prints a client's secret.
enum SecretOutput: String, CaseIterable, Sendable {
    case secret
    case json
    case env

    /// The form that it is printed in.
    var form: TokenOutput {
        switch self {
        case .secret: .token
        case .json: .json
        case .env: .env
        }
    }
}
