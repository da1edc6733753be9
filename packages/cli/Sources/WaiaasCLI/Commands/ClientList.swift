import WaiaasAPI
import WaiaasCore

extension Command {
    static let clientList = Command(
        "client", "list", summary: "list the OAuth clients",
        text: "All of them, by id. No secret is shown again.",
        examples: [.init("who may call the OAuth 2 endpoints?", "waiaas client list")]
    ) { invocation async throws(CommandFailure) in
        let list = try await invocation.operatorDoor().call(ListClients.self)
        let rows = list.clients.map { [$0.clientId.text, $0.createdAt.iso8601, $0.rotatedAt?.iso8601 ?? "never"] }
        try invocation.report(Report(list, lines: TextLayout.table([["CLIENT", "ADDED", "NEW SECRET"]] + rows)))
        return .success
    }
}
