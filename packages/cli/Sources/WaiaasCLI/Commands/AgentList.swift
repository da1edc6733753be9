import WaiaasAPI
import WaiaasCore

extension Command {
    private static let cursor = Parameter<AgentID>.option(
        "cursor", "AGENT", "go on after this one: the nextCursor of the page before", expected: "an agent's id", read: { AgentID($0) })

    static let agentList = Command(
        "agent", "list", summary: "list the agents",
        text: "Newest first.",
        parameters: [SharedParameters.pageSize.row, cursor.row],
        examples: [
            .init("the newest twenty", "waiaas agent list"),
            .init("names alone", "waiaas agent list --limit 100 --json | jq -r '.agents[].name'"),
        ]
    ) { invocation async throws(CommandFailure) in
        let query = AgentQuery(limit: invocation.arguments[SharedParameters.pageSize], cursor: invocation.arguments[cursor])
        let page = try await invocation.operatorDoor().call(ListAgents.self, query)
        let rows = page.agents.map { [$0.name.text, $0.id.description, $0.status.rawValue, $0.createdAt.iso8601] }
        try invocation.report(
            Report(
                page, lines: TextLayout.table([["NAME", "ID", "STATUS", "CREATED"]] + rows),
                notes: page.nextCursor.map { ["there are more: --cursor \($0)"] } ?? []))
        return .success
    }
}
