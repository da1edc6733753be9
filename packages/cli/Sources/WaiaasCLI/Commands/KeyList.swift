import WaiaasAPI
import WaiaasCore

extension Command {
    static let keyList = Command(
        "key", "list", summary: "list the keys that sign user tokens",
        text: """
            active: signs. staged: is published, and will sign. retiring: signs no more, and verifies until the last token that it signed has \
            ended. No private half ever leaves the daemon.
            """,
        parameters: [SharedParameters.ring.row],
        examples: [
            .init("the keys of user tokens", "waiaas key list"),
            .init("the kid that signs, for a program", "waiaas key list --json | jq -r '.keys[] | select(.state == \"active\").kid'"),
            .init("the keys of the audit log", "waiaas key list --ring audit"),
        ]
    ) { invocation async throws(CommandFailure) in
        let report = try await invocation.operatorDoor().call(ListKeys.self, RingPath(ring: invocation.ring))
        try invocation.report(Report(report, lines: KeyText.table(report.keys, now: invocation.now)))
        return .success
    }
}

extension Invocation {
    /// The ring that is meant.
    var ring: RingName { arguments[SharedParameters.ring] ?? .user }
}
