import WaiaasAPI
import WaiaasCore

extension Command {
    static let clientRotateSecret = Command(
        "client", "rotate-secret", summary: "give an OAuth client a new secret",
        text: """
            The secret before stops working at once; logins and tokens of the client go on. The new one is shown this once and printed as by \
            waiaas client add. It asks first; where there is no terminal to ask at, it wants --yes.
            """,
        parameters: [SharedParameters.client.row, SharedParameters.secretOutput.row, SharedParameters.yes.row],
        examples: [
            .init("ask first", "waiaas client rotate-secret dashboard"),
            .init("from a script", "waiaas client rotate-secret dashboard --yes --output secret"),
        ]
    ) { invocation async throws(CommandFailure) in
        let output = try TokenPrinter(secretOf: invocation, command: ["client", "rotate-secret"])
        let id = try invocation.arguments.required(SharedParameters.client)
        let daemon = try await invocation.operatorDoor(confirming: "the present secret of \(id) stops working at once, for good")
        try output.print(try await daemon.call(RotateClientSecret.self, ClientPath(clientId: id)))
        return .success
    }
}
