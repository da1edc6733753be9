import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventConsumerRemove = Command(
        "event", "consumer", "remove", summary: "remove a program that signs or verifies events",
        text: """
            Its token stops working at once, and no rotation waits for it. Keys that it has fetched it still has: rotate if it is not trusted. \
            It asks first; where there is no terminal to ask at, it wants --yes.
            """,
        parameters: [EventParameters.consumer.row, SharedParameters.yes.row],
        examples: [.init("ask first", "waiaas event consumer remove web-1")]
    ) { invocation async throws(CommandFailure) in
        let name = try invocation.arguments.required(EventParameters.consumer)
        let daemon = try await invocation.operatorDoor(confirming: "the token of \(name) stops working at once, for good")
        _ = try await daemon.call(RemoveEventConsumer.self, EventConsumerPath(name: name))
        try invocation.report(
            Report(lines: ["consumer \(name) removed"]) { json in
                json.member("name", name.text)
                json.member("removed", true)
            })
        return .success
    }
}
