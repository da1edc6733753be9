import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventTargetList = Command(
        "event", "target", "list", summary: "list the places that hold the event secret",
        text: """
            The targets of the configuration ([[events.target]]), with whether each was found to hold what it should since the daemon started. \
            waiaas event target check asks each of them now.
            """,
        examples: [.init("where is the secret?", "waiaas event target list")]
    ) { invocation async throws(CommandFailure) in
        let status = try await invocation.operatorDoor().call(GetEventStatus.self)
        try invocation.report(
            Report(lines: EventText.table(status.targets, now: invocation.now)) { json in
                json.key("targets")
                json.beginArray()
                for target in status.targets { json.json(target.encoded()) }
                json.endArray()
            })
        return .success
    }
}
