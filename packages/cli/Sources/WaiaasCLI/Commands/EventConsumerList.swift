import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventConsumerList = Command(
        "event", "consumer", "list", summary: "list the programs that sign or verify events",
        text: "All of them, by name, with what they have loaded. No token is shown again.",
        examples: [.init("who signs and verifies?", "waiaas event consumer list")]
    ) { invocation async throws(CommandFailure) in
        let list = try await invocation.operatorDoor().call(ListEventConsumers.self)
        try invocation.report(Report(list, lines: EventText.table(list.consumers, now: invocation.now)))
        return .success
    }
}
