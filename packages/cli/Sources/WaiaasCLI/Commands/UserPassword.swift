import WaiaasAPI
import WaiaasCore

extension Command {
    static let userPassword = Command(
        "user", "passwd", summary: "give a user a new password",
        text: """
            The password, 8 to 1024 characters, is read as by waiaas user add. Every login of the user ends, and every token issued before is \
            refused by the daemon at once; programs that verify tokens by themselves take them to their end, 15 minutes by default.
            """,
        parameters: [SharedParameters.user.row, SharedParameters.userPasswordFile.row],
        examples: [
            .init("asked for the password", "waiaas user passwd ada"),
            .init("without questions", "waiaas user passwd ada --user-password-file ada.password"),
        ]
    ) { invocation async throws(CommandFailure) in
        let id = try invocation.arguments.required(SharedParameters.user)
        let daemon = try await invocation.operatorDoor()
        let password = try invocation.userPassword(of: id)
        let user = try await daemon.call(UpdateUser.self, UserPath(userId: id), UserChange(password: password))
        try invocation.report(Report(user, lines: UserText.lines(user, now: invocation.now), notes: [UserText.endedNote]))
        return .success
    }
}
