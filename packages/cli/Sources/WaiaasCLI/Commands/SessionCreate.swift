import WaiaasAPI
import WaiaasCore

extension Command {
    private static let agent = Parameter<AgentReference>.option(
        "agent", "NAME|ID", isRequired: true, "whose session it is", expected: AgentReference.expected, read: AgentReference.init)
    private static let expiresIn = Parameter<Int64>.integer(
        "expires-in", "SECONDS", in: SessionLimits.timeToLiveRange, "how long a token lives: 300 to 604800 (security.session_ttl, 86400)")
    private static let maxRenewals = Parameter<Int64>.integer(
        "max-renewals", "N", in: 0...100, "how many renewals; 0 forbids them (security.max_renewals, 30)")
    private static let maxAmount = amount("max-amount", "the most that one request may move")
    private static let maxTotal = amount("max-total", "the most that all requests together may move")
    private static let maxTransactions = Parameter<Int64>.integer("max-txs", "N", in: 1...1_000_000_000, "how many requests may be made")
    private static let operations = Parameter<[String]>.list("allowed-ops", "A,B", "the operations allowed")
    private static let destinations = Parameter<[String]>.list("allowed-destinations", "A,B", "the destinations allowed")

    private static func amount(_ name: String, _ text: String) -> Parameter<Amount> {
        .option(name, "AMOUNT", text, expected: "a decimal number such as 1.5, without sign or needless zeros", read: { Amount($0) })
    }

    static let sessionCreate = Command(
        "session", "create", summary: "give an agent a session",
        text: """
            Prints the session with its token, which is shown this once and is not stored. What is not bounded by an option is not bounded. \
            --output token prints the bare token and nothing else; --output env prints lines that a shell can read.
            """,
        parameters: [
            agent.row, expiresIn.row, maxRenewals.row, maxAmount.row, maxTotal.row, maxTransactions.row, operations.row, destinations.row,
            SharedParameters.tokenOutput.row,
        ],
        examples: [
            .init("a token for an hour, in a variable", "TOKEN=$(waiaas session create --agent trader --expires-in 3600 --output token)"),
            .init("in the environment of this shell", #"eval "$(waiaas session create --agent trader --output env)""#),
            .init(
                "twenty transfers of at most 1.5 each",
                "waiaas session create --agent trader --max-txs 20 --max-amount 1.5 --allowed-ops TRANSFER"),
        ]
    ) { invocation async throws(CommandFailure) in
        let output = try TokenPrinter(invocation, command: ["session", "create"])
        let session = try await invocation.operatorDoor().call(IssueSession.self, body: try request(invocation.arguments))
        try output.print(
            Report(
                session, lines: SessionText.lines(session, now: invocation.now), notes: ["the token is shown this once: it is not stored"]),
            token: session.token,
            variables: [
                ("WAIAAS_SESSION_TOKEN", session.token),
                ("WAIAAS_SESSION_ID", session.sessionId.description),
                ("WAIAAS_SESSION_EXPIRES_AT", session.expiresAt.iso8601),
                ("WAIAAS_AGENT_ID", session.agentId.description),
                ("WAIAAS_AGENT_NAME", session.agentName.text),
            ])
        return .success
    }

    private static func request(_ arguments: Arguments) throws(CommandFailure) -> NewSession {
        let constraints = Constraints(
            bounding: SessionConstraints(
                maxAmountPerTx: arguments[maxAmount], maxTotalAmount: arguments[maxTotal], maxTransactions: arguments[maxTransactions],
                allowedOperations: arguments[operations], allowedDestinations: arguments[destinations]))
        return switch try arguments.required(agent) {
        case .id(let id):
            NewSession(
                agentId: id, expiresIn: arguments[expiresIn], maxRenewals: arguments[maxRenewals], constraints: constraints)
        case .name(let name):
            NewSession(
                agentName: name, expiresIn: arguments[expiresIn], maxRenewals: arguments[maxRenewals], constraints: constraints)
        }
    }
}
