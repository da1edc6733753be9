import WaiaasCore

extension Command {
    private static let newPasswordFile = Parameter<String>.text(
        "new-password-file", "FILE", "a file that holds the new master password; without it the terminal is asked twice")

    static let passwordChange = Command(
        "password", "change", summary: "replace the master password",
        text: """
            Asks for the current password, or takes it from where every command does (--password-file, WAIAAS_MASTER_PASSWORD_FILE, …); \
            then for the new one, twice, or takes it from --new-password-file. Works while the daemon runs and while it does not. Secrets, \
            sessions and tokens stay as they are; at every moment exactly one of the two passwords is right. Backups made before open with \
            the password of their day.
            """,
        parameters: [newPasswordFile.row],
        examples: [
            .init("at a terminal", "waiaas password change"),
            .init("without questions", "waiaas password change --password-file old --new-password-file new"),
        ]
    ) { invocation async throws(CommandFailure) in
        let status = try await invocation.status()
        let prompt = "Current master password"
        if status.state == .stopped {
            let current = try invocation.password(prompt: prompt)
            let replacement = try newPassword(invocation)
            try await invocation.local { local, selection throws(LocalInstanceError) in
                try await local.changePassword(ChangePasswordRequest(selection: selection, current: current, replacement: replacement))
            }
        } else {
            let daemon = try invocation.operatorDoor(of: status, asking: prompt)
            _ = try await daemon.changeMasterPassword(to: try newPassword(invocation))
        }
        try report(status, to: invocation)
        return .success
    }

    private static func newPassword(_ invocation: Invocation) throws(CommandFailure) -> any PasswordSource {
        try invocation.password(.replace, file: newPasswordFile, prompt: "New master password")
    }

    private static func report(_ status: InstanceStatus, to invocation: Invocation) throws(CommandFailure) {
        let isOnline = status.state != .stopped
        let effect = isOnline ? "the running daemon takes the new one alone from now on" : "the next start takes the new one alone"
        try invocation.report(
            Report(
                lines: ["master password changed: \(effect)"],
                notes: ["what gives the daemon its password at a start (a file, a credential, a variable) must hold the new one by then"]
            ) { json in
                json.member("changed", true)
                json.member("online", isOnline)
                json.member("dataDirectory", status.dataDirectory)
            })
    }
}
