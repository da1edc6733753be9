import WaiaasAPI
import WaiaasCore

extension Command {
    private static let without = Parameter<[String]>.list(
        "without", "NAMES", "consumers and targets that are no longer waited for, between commas")

    static let eventResume = Command(
        "event", "resume", summary: "let a rotation of the event secret go on",
        text: """
            For a rotation that stands still because somebody is missing. The deadline begins anew. With --without it goes on although they \
            are missing: a consumer with an older copy of the keys refuses what the new one signs until it has fetched them. The record names \
            them.
            """,
        parameters: [without.row],
        examples: [
            .init("they are back", "waiaas event resume"),
            .init("one was taken out of service", "waiaas event resume --without web-3"),
        ]
    ) { invocation async throws(CommandFailure) in
        let names = invocation.arguments[without]?.joined(separator: ",")
        let report = try await invocation.operatorDoor().call(ResumeEventRotation.self, EventRotationExcuse(without: names))
        try invocation.report(Report(report, lines: EventText.lines(report, now: invocation.now)))
        return .success
    }
}
