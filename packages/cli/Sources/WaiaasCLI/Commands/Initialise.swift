import WaiaasCore

extension Command {
    static let initialise = Command(
        "init", summary: "make a data directory",
        text: """
            Makes the directory, config.toml and the database, and seals the first secrets under the master password, which it asks for \
            twice or takes from --password-file. Starts nothing, and touches nothing where there is a data directory already.
            """,
        examples: [
            .init("in ~/.waiaas, asking for a password", "waiaas init"),
            .init("without questions", "waiaas init --data-dir /var/lib/waiaas --password-file /etc/waiaas/master-password"),
        ]
    ) { invocation async throws(CommandFailure) in
        let password = try invocation.password(.create, prompt: "New master password")
        let made = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.initialise(InitialiseRequest(selection: selection, password: password))
        }
        for warning in made.warnings { try invocation.warn(warning) }
        let lines =
            TextLayout.table([
                ["data directory", made.dataDirectory],
                ["session secret", made.sessionKid.text],
                ["audit key", made.auditKid.text],
            ]) + [
                "",
                "security.jwt_secret in config.toml is the initial value only: it is never read again, and no rotation rewrites it.",
                "Keep the audit key's name elsewhere: waiaas audit verify --trust \(made.auditKid) pins it.",
                "Next: waiaas start\(invocation.dataDirectoryFlag)",
            ]
        try invocation.report(
            Report(lines: lines) { json in
                json.member("dataDirectory", made.dataDirectory)
                json.member("sessionKid", made.sessionKid.text)
                json.member("auditKid", made.auditKid.text)
                json.member("warnings", made.warnings)
            })
        return .success
    }
}
