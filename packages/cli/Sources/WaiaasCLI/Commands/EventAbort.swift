import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventAbort = Command(
        "event", "abort", summary: "take a rotation of the event secret back before its key signs",
        text: """
            The staged key is dropped here at once and taken out of the targets. Nothing was signed with it, so nothing is lost. Once the new \
            key signs, waiaas event rollback is the way back.
            """,
        examples: [.init("a rotation that stands still", "waiaas event abort")]
    ) { invocation async throws(CommandFailure) in
        let report = try await invocation.operatorDoor().call(AbortEventRotation.self)
        try invocation.report(Report(report, lines: EventText.lines(report, now: invocation.now)))
        return .success
    }
}
