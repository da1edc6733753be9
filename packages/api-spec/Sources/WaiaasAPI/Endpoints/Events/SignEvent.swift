public import WaiaasCore

/// `POST /v1/events/sign`: signs an event.
public enum SignEvent: Operation {
    /// The request.
    public typealias Input = EventToSign
    /// The answer.
    public typealias Output = EventSignature
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/sign", area: .events, authentication: .eventSignerOrOperator,
        summary: "Sign an event",
        text: """
            The exact bytes of `payload` are signed, so send them as they are, never written anew. In the form of Standard Webhooks the answer holds the values of `webhook-id`, `webhook-timestamp` and `webhook-signature`; while an old key still verifies there is one signature for each key. `legacy-hex` is the HMAC of the bytes alone, for old parties: it carries no time and can be replayed.
            """)
}

/// The forms of a signature.
public enum EventFormat: String, Sendable, CaseIterable, TextFieldValue {
    /// Standard Webhooks: id, timestamp and signatures.
    case standard
    /// Lower-case hexadecimal HMAC-SHA-256 of the bytes alone.
    case legacyHex = "legacy-hex"
}

/// The request to sign an event.
public struct EventToSign: Message {
    /// The event as text: its UTF-8 bytes are signed.
    public let payload: String?
    /// The event as base64, for bytes that are no UTF-8.
    public let payloadBase64: String?
    /// The form.
    public let format: EventFormat?
    /// The event's name, without a full stop.
    public let id: String?

    /// From its parts.
    public init(payload: String? = nil, payloadBase64: String? = nil, format: EventFormat? = nil, id: String? = nil) {
        self.payload = payload
        self.payloadBase64 = payloadBase64
        self.format = format
        self.id = id
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "An event to be signed.", exactlyOneOf: ["payload", "payloadBase64"],
        [
            .optional("payload", \.payload, "The event as text: its UTF-8 bytes are signed.", schema: .string(.lines(0...65_536))),
            .optional(
                "payloadBase64", \.payloadBase64, "The event as base64, for bytes that are no UTF-8.", schema: .string(.base64(0...87_384))),
            .optional("format", \.format, "The form; standard if absent."),
            .optional(
                "id", \.id, "The event's name, without a full stop; a fresh one if absent. Give the same for every attempt to deliver it.",
                schema: .string(.text(1...256))),
        ])
    /// An event.
    public static let example = EventToSign(payload: #"{"type":"order.paid"}"#, format: .standard, id: "evt_1")

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        payload = try object.optional("payload")
        payloadBase64 = try object.optional("payloadBase64")
        format = try object.optional("format")
        id = try object.optional("id")
    }
}

/// A signature.
public struct EventSignature: Message {
    /// Its form.
    public let format: EventFormat
    /// The key that signs.
    public let kid: KeyID
    /// The value of `webhook-id`.
    public let id: String?
    /// The value of `webhook-timestamp`: seconds since the epoch.
    public let timestamp: String?
    /// The value of `webhook-signature`, or the hexadecimal text.
    public let signature: String

    /// From its parts.
    public init(format: EventFormat, kid: KeyID, id: String? = nil, timestamp: String? = nil, signature: String) {
        self.format = format
        self.kid = kid
        self.id = id
        self.timestamp = timestamp
        self.signature = signature
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "A signature over an event.",
        [
            Field("format", \.format, "Its form."),
            Field("kid", \.kid, "The key that signs."),
            .optional("id", \.id, "The value of `webhook-id`; in the standard form."),
            .optional("timestamp", \.timestamp, "The value of `webhook-timestamp`: seconds since the epoch; in the standard form."),
            Field("signature", \.signature, "The value of `webhook-signature`, or the hexadecimal text."),
        ])
    /// A signature of one key.
    public static let example = EventSignature(
        format: .standard, kid: Sample.kid, id: "evt_1", timestamp: "1795256130", signature: Sample.eventSignature)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        format = try object.required("format")
        kid = try object.required("kid")
        id = try object.optional("id")
        timestamp = try object.optional("timestamp")
        signature = try object.required("signature")
    }
}
