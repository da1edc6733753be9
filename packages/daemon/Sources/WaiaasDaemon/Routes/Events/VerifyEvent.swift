import WaiaasAPI

extension VerifyEvent: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> EventVerification {
        services.events.service.verify(EventPayload.bytes(text: call.input.payload, base64: call.input.payloadBase64), call.input)
    }
}
