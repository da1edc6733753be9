import WaiaasAPI
import WaiaasCore

extension Command {
    static let reload = Command(
        "reload", summary: "let the daemon read its configuration again",
        text: """
            The daemon reads config.toml, checks it whole, and swaps the settings that need no start; the others are named, and wait for \
            the next one. With a fault nothing changes and each is shown by file, line and column. SIGHUP does the same and tells the log.
            """,
        examples: [
            .init("after an edit of config.toml", "waiaas reload"),
            .init("for a program", "waiaas reload --json"),
        ]
    ) { invocation async throws(CommandFailure) in
        let answer = try await invocation.operatorDoor().call(ReloadConfiguration.self)
        try invocation.report(Report(answer, lines: lines(answer), notes: notes(answer)))
        return .success
    }

    private static func lines(_ answer: ReloadedConfiguration) -> [String] {
        guard !answer.changed.isEmpty else { return ["reloaded: no setting that a reload changes is another than before"] }
        return ["reloaded: \(SpanWords.count(Int64(answer.changed.count), "setting")) changed"] + TextLayout.table(answer.changed.map(row))
    }

    private static func notes(_ answer: ReloadedConfiguration) -> [String] {
        guard !answer.atNextStart.isEmpty else { return [] }
        return ["these take effect at the next start:"] + TextLayout.table(answer.atNextStart.map(row))
    }

    private static func row(_ change: ChangedSetting) -> [String] { ["  \(change.setting)", "\(change.before) → \(change.after)"] }
}
