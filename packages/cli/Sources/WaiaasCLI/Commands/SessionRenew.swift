import WaiaasAPI
import WaiaasClient
import WaiaasCore

extension Command {
    /// No token is longer, in bytes; one newline at the end is dropped.
    private static let longestToken = 4_096
    private static let tokenFile = Parameter<String>.text("token-file", "FILE", "a file that holds the token; else standard input")

    static let sessionRenew = Command(
        "session", "renew", summary: "get a new token for a session, with its present one",
        text: """
            For the agent: sends the token, which is read from --token-file or standard input, over TCP to the address at which the daemon \
            of the data directory listens. After half of its life a token can be renewed; one of the previous secret at any time of its \
            five minutes, at no cost.
            """,
        parameters: [tokenFile.row, SharedParameters.tokenOutput.row],
        examples: [
            .init("from a variable into itself", #"TOKEN=$(printf %s "$TOKEN" | waiaas session renew --output token)"#),
            .init("from a file", "waiaas session renew --token-file token --output json"),
        ]
    ) { invocation async throws(CommandFailure) in
        let output = try TokenPrinter(invocation, command: ["session", "renew"])
        let daemon = CalledDaemon(calls: try agentDoor(try await invocation.networkAddress(), invocation))
        // The daemon says which session a token stands for; what is inside a token is its own affair.
        let own = try await daemon.call(GetOwnSession.self)
        let session = try await daemon.call(RenewSession.self, SessionPath(id: own.sessionId))
        try output.print(
            Report(session, lines: SessionText.lines(session, now: invocation.now)), token: session.token,
            variables: [
                ("WAIAAS_SESSION_TOKEN", session.token),
                ("WAIAAS_SESSION_ID", session.sessionId.description),
                ("WAIAAS_SESSION_EXPIRES_AT", session.expiresAt.iso8601),
            ])
        return .success
    }

    private static func agentDoor(_ address: String, _ invocation: Invocation) throws(CommandFailure) -> any DaemonCalls {
        var token: [UInt8]
        do {
            token = try invocation.tool.console.read(
                invocation.arguments[tokenFile].map { .file(path: $0) } ?? .input, limit: longestToken)
        } catch {
            throw CommandFailure(error)
        }
        for end in [UInt8(ascii: "\n"), UInt8(ascii: "\r")] where token.last == end { token.removeLast() }
        guard !token.isEmpty else { throw CommandFailure("INPUT_FAILED", "there is no token to renew") }
        do {
            return try invocation.tool.doors.agentDoor(address: address, token: &token)
        } catch {
            throw CommandFailure(error)
        }
    }
}
