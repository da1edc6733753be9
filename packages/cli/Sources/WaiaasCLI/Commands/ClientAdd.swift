import WaiaasAPI
import WaiaasCore

extension Command {
    static let clientAdd = Command(
        "client", "add", summary: "add a program that calls the OAuth 2 endpoints",
        text: """
            An OAuth client gets tokens of its own with client_credentials, refreshes the logins that it made, and may introspect tokens. \
            Prints the client with its secret, which is shown this once; only its hash is kept. --output secret prints the bare secret and \
            nothing else; --output env prints lines that a shell can read.
            """,
        parameters: [SharedParameters.client.row, SharedParameters.secretOutput.row],
        examples: [
            .init("a client called dashboard", "waiaas client add dashboard"),
            .init("its secret in a file", "(umask 077; waiaas client add dashboard --output secret > dashboard.secret)"),
        ]
    ) { invocation async throws(CommandFailure) in
        let output = try TokenPrinter(secretOf: invocation, command: ["client", "add"])
        let id = try invocation.arguments.required(SharedParameters.client)
        try output.print(try await invocation.operatorDoor().call(CreateClient.self, body: NewClient(clientId: id)))
        return .success
    }
}
