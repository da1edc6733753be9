import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventTargetCheck = Command(
        "event", "target", "check", summary: "try every place that holds the event secret, and change nothing",
        text: """
            Reads each target as a rotation would, with the same credential, and compares what it holds with the keys of the daemon. Exits 1 if \
            one of them could not be written by a rotation.
            """,
        examples: [.init("before a rotation", "waiaas event target check")]
    ) { invocation async throws(CommandFailure) in
        let checks = try await invocation.operatorDoor().call(CheckEventTargets.self)
        let rows = checks.targets.map { [$0.name, $0.kind, $0.place, $0.ok ? "ok" : "FAULT", $0.finding] }
        let lines = rows.isEmpty ? ["no target is configured"] : TextLayout.table([["TARGET", "KIND", "PLACE", "STATE", "FINDING"]] + rows)
        try invocation.report(Report(checks, lines: lines))
        return checks.targets.allSatisfy(\.ok) ? .success : .failure
    }
}
