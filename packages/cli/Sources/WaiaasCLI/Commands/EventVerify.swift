import WaiaasAPI
import WaiaasCore

extension Command {
    private static let timestamp = Parameter<String>.text("timestamp", "SECONDS", "what came in webhook-timestamp")
    private static let signature = Parameter<String>.option(
        "signature", "TEXT", isRequired: true, "what came in webhook-signature, or the hexadecimal text",
        expected: "a text that is not empty", read: { $0.isEmpty ? nil : $0 })

    static let eventVerify = Command(
        "event", "verify", summary: "verify the signature of an event",
        text: """
            Tries every key that verifies now and prints which one made the signature. A signature that is not accepted exits 1 and says why: \
            malformed, stale (its time is more than 300 seconds away from now) or signature (no key of ours made it).
            """,
        parameters: [
            EventParameters.file.row, EventParameters.format.row, EventParameters.id.row, timestamp.row, signature.row,
        ],
        examples: [
            .init(
                "an event as it came",
                "waiaas event verify --file body --id evt_1 --timestamp 1795256130 --signature 'v1,K5oZ…'"),
            .init("the older form", "waiaas event verify --file body --format legacy-hex --signature 9f86d081…"),
        ]
    ) { invocation async throws(CommandFailure) in
        let arguments = invocation.arguments
        let payload = try EventParameters.payload(invocation)
        let result = try await invocation.operatorDoor().call(
            VerifyEvent.self,
            body: EventToVerify(
                payloadBase64: payload, format: arguments[EventParameters.format], id: arguments[EventParameters.id],
                timestamp: arguments[timestamp], signature: try arguments.required(signature)))
        guard let kid = result.kid, result.valid else {
            let reason = result.reason?.rawValue ?? "signature"
            throw CommandFailure("EVENT_SIGNATURE_REFUSED", "the signature is not accepted: \(reason)")
        }
        try invocation.report(Report(result, lines: ["valid: signed by \(kid)"]))
        return .success
    }
}
