import WaiaasAPI
import WaiaasClient
import WaiaasCore

/// What a command that acts as a user takes.
enum PanelParameters {
    /// A user's token that a command gets for itself lives no longer than the command needs, in seconds.
    static let tokenLife: Int64 = 300
    /// The largest file of a template or of arguments, in bytes: what a request can carry.
    static let fileLimit = JSONLimits.large.bytes

    static let user = Parameter<UserID>.option(
        "user", "USER", isRequired: true, "whose session it is",
        expected: "a user's name: 1 to 64 of the characters A-Z a-z 0-9 . _ - @ + (not only dots)", read: { UserID($0) })
    static let panel = Parameter<PanelID>.positional(
        "ID", "the session's id", expected: "an id: 1 to 64 of the characters A-Z a-z 0-9 . _ - (not only dots)", read: { PanelID($0) })
    static let template = Parameter<String>.text("template", "FILE", "a file with another template")
    static let firstTemplate = Parameter<String>.option(
        "template", "FILE", isRequired: true, "a file with the template: SVG with Jinja tags", expected: "a text that is not empty",
        read: { $0.isEmpty ? nil : $0 })
    static let arguments = Parameter<String>.text("args", "JSON", "the arguments, one JSON object")
    static let argumentsFile = Parameter<String>.text("args-file", "FILE", "a file with the arguments")
    static let life = Parameter<Int64>.integer(
        "ttl", "SECONDS", in: PanelLimits.lifeRange, "how long it lives: 1 to 31622400 (an hour)")
}

extension Invocation {
    /// `host:port` at which the daemon of the data directory listens.
    func networkAddress() async throws(CommandFailure) -> String {
        let status = try await status()
        if status.state == .stopped { throw .notRunning(status.dataDirectory) }
        guard let address = status.holder?.address else {
            throw CommandFailure(CommandFailure.unreachable, "the daemon is starting and does not listen yet", exitCode: .notAvailable)
        }
        return address
    }

    /// The daemon over TCP, as a user who signs in for this one command: the token is kept nowhere and no login stays behind.
    func userDoor(of user: UserID, at address: String) async throws(CommandFailure) -> CalledDaemon {
        let password = try userPassword(of: user)
        do throws(ClientError) {
            let open = try tool.doors.openDoor(address: address)
            let login = Login(
                userId: user, password: password, ttlSeconds: PanelParameters.tokenLife, refresh: RefreshDelivery.none)
            let grant = try await open.call(IssueUserToken.self, parameters: NoParameters(), input: login)
            var token = Array(grant.token.utf8)
            return CalledDaemon(calls: try tool.doors.userDoor(address: address, token: &token))
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The template in a file.
    func panelTemplate(in path: String) throws(CommandFailure) -> String {
        guard let text = String(validating: try readFile(path), as: UTF8.self) else {
            throw CommandFailure("INPUT_FAILED", "\(path) is not UTF-8")
        }
        return text
    }

    /// The arguments that an option gives; nil without it.
    ///
    /// - Parameter command: the words of the command, for what is said of its use.
    func panelArguments(for command: [String]) throws(CommandFailure) -> PanelArguments? {
        let (text, path) = (arguments[PanelParameters.arguments], arguments[PanelParameters.argumentsFile])
        guard text == nil || path == nil else {
            throw .usage(.contradiction("--args", "--args-file"), command: command)
        }
        let bytes: [UInt8]
        if let text { bytes = Array(text.utf8) } else if let path { bytes = try readFile(path) } else { return nil }
        let root: JSONNode
        do throws(JSONError) {
            root = try JSONDocument(scanning: bytes, limits: .large).root
        } catch {
            throw CommandFailure(
                "ARGUMENTS_UNREADABLE", "the arguments are no JSON: \(JSONPosition(offset: error.offset, in: bytes)): \(error)")
        }
        guard let found = PanelArguments(root) else { throw CommandFailure("ARGUMENTS_UNREADABLE", "the arguments are no JSON object") }
        return found
    }

    private func readFile(_ path: String) throws(CommandFailure) -> [UInt8] {
        do {
            return try tool.console.read(.file(path: path), limit: PanelParameters.fileLimit)
        } catch {
            throw CommandFailure(error)
        }
    }
}
