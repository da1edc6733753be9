import WaiaasCore

extension Command {
    private static let file = Parameter<String>.text("file", "FILE", "check this file instead of the data directory's config.toml")

    static let configCheck = Command(
        "config", "check", summary: "check the configuration before a start or a reload",
        text: """
            Checks config.toml and the environment as a start would, and changes nothing. Exit code 1 with every fault by file, line and \
            column; of a file that is no TOML the first one only, since nothing after it can be read. With --file no data directory is \
            needed.
            """,
        parameters: [file.row, SharedParameters.port.row, SharedParameters.logLevel.row],
        examples: [
            .init("before a reload", "waiaas config check"),
            .init("a draft", "waiaas config check --file config.new.toml"),
        ]
    ) { invocation async throws(CommandFailure) in
        let report = try await invocation.configuration(of: invocation.arguments[file])
        let set = report.settings.rows.count { $0.origin != .fallback }
        try invocation.report(
            Report(lines: ["sound: \(report.file); \(SpanWords.count(Int64(set), "setting")) not at the default"]) { json in
                json.member("sound", true)
                json.member("file", report.file)
            })
        return .success
    }
}
