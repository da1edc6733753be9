import WaiaasAPI
import WaiaasCore

extension Command {
    static let userAdd = Command(
        "user", "add", summary: "add somebody who signs in with a password",
        text: """
            A user signs in with name and password (POST /api/auth/token) and is given tokens that every program can verify. The password, \
            8 to 1024 characters, is read from --user-password-file; else the terminal is asked for it twice; else, where standard input is \
            no terminal, its first line is taken. A file must be closed to others (chmod 600). Only a hash of the password is kept.
            """,
        parameters: [SharedParameters.user.row, SharedParameters.userPasswordFile.row],
        examples: [
            .init("asked for the password", "waiaas user add ada"),
            .init("a mail address is a name too", "waiaas user add ada@example.org --user-password-file ada.password"),
            .init("with a random password, kept in a variable", #"P=$(openssl rand -base64 18); echo "$P" | waiaas user add ada"#),
        ]
    ) { invocation async throws(CommandFailure) in
        let id = try invocation.arguments.required(SharedParameters.user)
        let daemon = try await invocation.operatorDoor()
        let password = try invocation.userPassword(of: id)
        let user = try await daemon.call(CreateUser.self, body: NewUser(userId: id, password: password))
        try invocation.report(Report(user, lines: UserText.lines(user, now: invocation.now)))
        return .success
    }
}
