import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventStatus = Command(
        "event", "status", summary: "show the event secret: is it loaded everywhere?",
        text: """
            The keys, the rotation that runs or ran last, each consumer with what it has loaded, each target with whether it holds what it \
            should. No key is shown.
            """,
        examples: [
            .init("is it loaded everywhere?", "waiaas event status"),
            .init("who is behind, for a program", "waiaas event status --json | jq -r '.consumers[] | select(.isCurrent == false).name'"),
        ]
    ) { invocation async throws(CommandFailure) in
        let status = try await invocation.operatorDoor().call(GetEventStatus.self)
        try invocation.report(Report(status, lines: EventText.lines(status, now: invocation.now)))
        return .success
    }
}
