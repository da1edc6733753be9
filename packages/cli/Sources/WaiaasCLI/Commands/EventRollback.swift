import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventRollback = Command(
        "event", "rollback", summary: "let the event key before sign again",
        text: """
            Possible while the key before still verifies: it signs again, and the new one verifies for the same window. It is a rotation of \
            its own, which goes on by itself. Once the key before has ended nothing brings it back.
            """,
        examples: [.init("the new key makes trouble", "waiaas event rollback")]
    ) { invocation async throws(CommandFailure) in
        let report = try await invocation.operatorDoor().call(RollBackEventRotation.self)
        try invocation.report(Report(report, lines: EventText.lines(report, now: invocation.now)))
        return .success
    }
}
