import WaiaasCore

extension Command {
    private static let join = Parameter<String>.option(
        "join", "URL", "share the state at a Redis server with other daemons; the first that comes founds it",
        expected: TextRule.redisURL.expectation
    ) { $0.isEmpty || !TextRule.redisURL.accepts($0) ? nil : $0 }
    private static let redisPasswordFile = Parameter<String>.option(
        "redis-password-file", "FILE", "a file that holds the password of the Redis server", expected: "an absolute path"
    ) { $0.hasPrefix("/") && !$0.contains(where: { "\\\"".contains($0) || $0.isNewline }) ? $0 : nil }
    private static let redisPrefix = Parameter<String>.option(
        "redis-prefix", "PREFIX", "what the names of the keys there begin with; waiaas by default", expected: TextRule.keyPrefix.expectation
    ) { TextRule.keyPrefix.accepts($0) ? $0 : nil }

    static let initialise = Command(
        "init", summary: "make a data directory",
        text: """
            Makes the directory, config.toml and the database, and seals the first secrets under the master password, which it asks for \
            twice or takes from --password-file. Starts nothing, and touches nothing where there is a data directory already. With --join \
            it takes over what other daemons share through Redis; the master password is theirs then.
            """,
        parameters: [join.row, redisPasswordFile.row, redisPrefix.row],
        examples: [
            .init("in ~/.waiaas, asking for a password", "waiaas init"),
            .init("without questions", "waiaas init --data-dir /var/lib/waiaas --password-file /etc/waiaas/master-password"),
            .init("a second daemon beside another", "waiaas init --join redis://10.0.0.5:6379"),
        ]
    ) { invocation async throws(CommandFailure) in
        let target = invocation.arguments[join].map {
            SharingTarget(
                url: $0, passwordFile: invocation.arguments[redisPasswordFile], prefix: invocation.arguments[redisPrefix])
        }
        let password =
            target == nil
            ? try invocation.password(.create, prompt: "New master password") : try invocation.password(prompt: "Master password")
        let made = try await invocation.local { local, selection throws(LocalInstanceError) in
            try await local.initialise(InitialiseRequest(selection: selection, password: password, joining: target))
        }
        for warning in made.warnings { try invocation.warn(warning) }
        let lines =
            TextLayout.table([
                ["data directory", made.dataDirectory],
                ["session secret", made.sessionKid.text],
                ["audit key", made.auditKid.text],
            ])
            + (target.map { ["", made.hasJoined ? "Joined what is shared at \($0.url)." : "Founded what is shared at \($0.url)."] } ?? [])
            + (made.hasJoined
                ? ["Next: waiaas start\(invocation.dataDirectoryFlag)"]
                : [
                    "",
                    "security.jwt_secret in config.toml is the initial value only: it is never read again, and no rotation rewrites it.",
                    "Keep the audit key's name elsewhere: waiaas audit verify --trust \(made.auditKid) pins it.",
                    "Next: waiaas start\(invocation.dataDirectoryFlag)",
                ])
        try invocation.report(
            Report(lines: lines) { json in
                json.member("dataDirectory", made.dataDirectory)
                json.member("sessionKid", made.sessionKid.text)
                json.member("auditKid", made.auditKid.text)
                if target != nil { json.member("joined", made.hasJoined) }
                json.member("warnings", made.warnings)
            })
        return .success
    }
}
