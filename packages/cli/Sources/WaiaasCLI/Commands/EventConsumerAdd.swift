import WaiaasAPI
import WaiaasCore

extension Command {
    private static let roles = Parameter<[EventRole]>.option(
        "roles", "ROLES", isRequired: true, "what it may do, between commas: sign, verify, keys",
        expected: "one or more of sign, verify, keys between commas"
    ) { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let roles = parts.compactMap { EventRole(rawValue: String($0)) }
        return roles.count == parts.count && Set(roles).count == roles.count ? roles : nil
    }

    static let eventConsumerAdd = Command(
        "event", "consumer", "add", summary: "add a program that signs or verifies events",
        text: """
            sign: it may have events signed. verify: it may have signatures checked. keys: it holds the keys itself (WaiaasEvents, or its own \
            code), fetches them from GET /v1/events/keyset, and every rotation waits until it has them. Prints the consumer with its token, \
            which is shown this once; only its hash is kept. --output secret prints the bare token.
            """,
        parameters: [EventParameters.consumer.row, roles.row, SharedParameters.secretOutput.row],
        examples: [
            .init("a service that verifies by itself", "waiaas event consumer add web-1 --roles keys"),
            .init("its token in a file", "(umask 077; waiaas event consumer add web-1 --roles keys --output secret > web-1.token)"),
        ]
    ) { invocation async throws(CommandFailure) in
        let output = try TokenPrinter(secretOf: invocation, command: ["event", "consumer", "add"])
        let consumer = NewEventConsumer(
            name: try invocation.arguments.required(EventParameters.consumer), roles: try invocation.arguments.required(roles))
        let made = try await invocation.operatorDoor().call(CreateEventConsumer.self, body: consumer)
        let rows = [
            ["consumer", made.name.text], ["roles", made.roles.map(\.rawValue).joined(separator: ", ")],
            ["added", made.createdAt.iso8601], ["token", made.token],
        ]
        try output.print(
            Report(made, lines: TextLayout.table(rows), notes: ["the token is shown this once: only its hash is kept"]), token: made.token,
            variables: [("WAIAAS_EVENT_CONSUMER", made.name.text), ("WAIAAS_EVENT_TOKEN", made.token)])
        return .success
    }
}
