import WaiaasAPI
import WaiaasCore

extension Command {
    static let userDisable = Command(
        "user", "disable", summary: "let a user no longer sign in",
        text: """
            Every login of the user ends, and every token is refused by the daemon at once; programs that verify tokens by themselves take \
            them to their end, 15 minutes by default. waiaas user enable lets the user in again.
            """,
        parameters: [SharedParameters.user.row],
        examples: [.init("by name", "waiaas user disable ada")]
    ) { invocation async throws(CommandFailure) in
        try await setUserStatus(.disabled, notes: [UserText.endedNote], of: invocation)
    }

    static func setUserStatus(_ status: UserStatusName, notes: [String], of invocation: Invocation) async throws(CommandFailure) -> ExitCode
    {
        let id = try invocation.arguments.required(SharedParameters.user)
        let user = try await invocation.operatorDoor().call(UpdateUser.self, UserPath(userId: id), UserChange(status: status))
        try invocation.report(Report(user, lines: UserText.lines(user, now: invocation.now), notes: notes))
        return .success
    }
}
