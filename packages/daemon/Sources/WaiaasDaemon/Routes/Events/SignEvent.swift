import WaiaasAPI
import WaiaasCore

extension SignEvent: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> EventSignature {
        let body = EventPayload.bytes(text: call.input.payload, base64: call.input.payloadBase64)
        return try services.events.service.sign(body, id: call.input.id, as: call.input.format ?? .standard)
    }
}

/// The bytes that are signed, as a message carries them.
enum EventPayload {
    /// The bytes of one of the two; the schema has seen to it that there is exactly one, and that it is base64.
    static func bytes(text: String?, base64: String?) -> [UInt8] {
        text.map { Array($0.utf8) } ?? base64.flatMap { Base64.decode($0) } ?? []
    }
}
