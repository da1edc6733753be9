import WaiaasAPI
import WaiaasCore

extension Command {
    static let eventSign = Command(
        "event", "sign", summary: "sign an event",
        text: """
            Signs the bytes as they are and prints the header fields to send with them (Standard Webhooks). With --format legacy-hex it prints \
            the lower-case hexadecimal HMAC that older receivers expect. Programs call POST /v1/events/sign with a token of their own \
            (waiaas event consumer add --roles sign).
            """,
        parameters: [EventParameters.file.row, EventParameters.format.row, EventParameters.id.row],
        examples: [
            .init("an event from a file", "waiaas event sign --file event.json"),
            .init("in the older form", "printf %s '{\"type\":\"ping\"}' | waiaas event sign --format legacy-hex"),
        ]
    ) { invocation async throws(CommandFailure) in
        let payload = try EventParameters.payload(invocation)
        let signature = try await invocation.operatorDoor().call(
            SignEvent.self,
            body: EventToSign(
                payloadBase64: payload, format: invocation.arguments[EventParameters.format], id: invocation.arguments[EventParameters.id]))
        try invocation.report(Report(signature, lines: EventText.lines(signature)))
        return .success
    }
}
