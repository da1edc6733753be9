import WaiaasAPI
import WaiaasCore

extension Command {
    static let userShow = Command(
        "user", "show", summary: "show a user",
        text: "Shows whether the user may sign in, and since when not.",
        parameters: [SharedParameters.user.row],
        examples: [.init("by name", "waiaas user show ada")]
    ) { invocation async throws(CommandFailure) in
        let id = try invocation.arguments.required(SharedParameters.user)
        let user = try await invocation.operatorDoor().call(GetUser.self, UserPath(userId: id))
        try invocation.report(Report(user, lines: UserText.lines(user, now: invocation.now)))
        return .success
    }
}
