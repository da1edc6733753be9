import WaiaasAPI
import WaiaasCore

extension Command {
    private static let cursor = Parameter<UserID>.option(
        "cursor", "USER", "go on after this one: the nextCursor of the page before", expected: "a user's name", read: { UserID($0) })

    static let userList = Command(
        "user", "list", summary: "list the users",
        text: "By name.",
        parameters: [SharedParameters.pageSize.row, cursor.row],
        examples: [
            .init("the first twenty", "waiaas user list"),
            .init("names alone", "waiaas user list --limit 100 --json | jq -r '.users[].userId'"),
        ]
    ) { invocation async throws(CommandFailure) in
        let query = UserQuery(limit: invocation.arguments[SharedParameters.pageSize], cursor: invocation.arguments[cursor])
        let page = try await invocation.operatorDoor().call(ListUsers.self, query)
        let rows = page.users.map { [$0.userId.text, $0.status.rawValue, $0.createdAt.iso8601] }
        try invocation.report(
            Report(
                page, lines: TextLayout.table([["USER", "STATUS", "ADDED"]] + rows),
                notes: page.nextCursor.map { ["there are more: --cursor \($0)"] } ?? []))
        return .success
    }
}
