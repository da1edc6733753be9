import WaiaasAPI
import WaiaasCore

extension Command {
    static let clientRemove = Command(
        "client", "remove", summary: "remove an OAuth client",
        text: """
            Its secret stops working, and the logins that it made end with their tokens, at once and for good; programs that verify tokens by \
            themselves take them to their end. It asks first; where there is no terminal to ask at, it wants --yes.
            """,
        parameters: [SharedParameters.client.row, SharedParameters.yes.row],
        examples: [.init("ask first", "waiaas client remove dashboard")]
    ) { invocation async throws(CommandFailure) in
        let id = try invocation.arguments.required(SharedParameters.client)
        let daemon = try await invocation.operatorDoor(confirming: "the secret of \(id) and every login that it made end at once, for good")
        _ = try await daemon.call(RemoveClient.self, ClientPath(clientId: id))
        try invocation.report(
            Report(lines: ["client \(id) removed"]) { json in
                json.member("clientId", id.text)
                json.member("removed", true)
            })
        return .success
    }
}
