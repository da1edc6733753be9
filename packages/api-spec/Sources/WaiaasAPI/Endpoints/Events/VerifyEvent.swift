public import WaiaasCore

/// `POST /v1/events/verify`: verifies the signature of an event.
public enum VerifyEvent: Operation {
    /// The request.
    public typealias Input = EventToVerify
    /// The answer.
    public typealias Output = EventVerification
    /// The contract.
    public static let endpoint = describe(
        .post, "/v1/events/verify", area: .events, authentication: .eventVerifierOrOperator,
        summary: "Verify an event",
        text: """
            Every key that verifies now is tried: the one that signs, one that is about to, and those before while their windows last. An answer of 200 with `valid` false is a refusal; `reason` says which. A timestamp more than 300 seconds away is refused as a replay; remember ids for that long to refuse the second of two.
            """)
}

/// The request to verify an event.
public struct EventToVerify: Message {
    /// The event as text, exactly as it came.
    public let payload: String?
    /// The event as base64.
    public let payloadBase64: String?
    /// The form.
    public let format: EventFormat?
    /// What came in `webhook-id`.
    public let id: String?
    /// What came in `webhook-timestamp`.
    public let timestamp: String?
    /// What came in `webhook-signature`, or the hexadecimal text.
    public let signature: String

    /// From its parts.
    public init(
        payload: String? = nil, payloadBase64: String? = nil, format: EventFormat? = nil, id: String? = nil, timestamp: String? = nil,
        signature: String
    ) {
        self.payload = payload
        self.payloadBase64 = payloadBase64
        self.format = format
        self.id = id
        self.timestamp = timestamp
        self.signature = signature
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "An event with its signature.", exactlyOneOf: ["payload", "payloadBase64"],
        [
            .optional("payload", \.payload, "The event as text, exactly as it came.", schema: .string(.lines(0...65_536))),
            .optional("payloadBase64", \.payloadBase64, "The event as base64.", schema: .string(.base64(0...87_384))),
            .optional("format", \.format, "The form; standard if absent."),
            .optional("id", \.id, "What came in `webhook-id`.", schema: .string(.text(1...256))),
            .optional("timestamp", \.timestamp, "What came in `webhook-timestamp`.", schema: .string(.text(1...20))),
            Field(
                "signature", \.signature, "What came in `webhook-signature`, or the hexadecimal text.", schema: .string(.text(1...4_096))),
        ])
    /// An event.
    public static let example = EventToVerify(
        payload: #"{"type":"order.paid"}"#, format: .standard, id: "evt_1", timestamp: "1795256130", signature: Sample.eventSignature)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        payload = try object.optional("payload")
        payloadBase64 = try object.optional("payloadBase64")
        format = try object.optional("format")
        id = try object.optional("id")
        timestamp = try object.optional("timestamp")
        signature = try object.required("signature")
    }
}

/// Why a signature is not accepted.
public enum EventRefusalReason: String, Sendable, CaseIterable, TextFieldValue {
    /// The fields cannot be read.
    case malformed
    /// The timestamp is too far from now.
    case stale
    /// No key that verifies now made it.
    case signature
}

/// What came of a verification.
public struct EventVerification: Message {
    /// Whether the signature is good.
    public let valid: Bool
    /// The key that made it.
    public let kid: KeyID?
    /// Why it is not accepted.
    public let reason: EventRefusalReason?

    /// From its parts.
    public init(valid: Bool, kid: KeyID? = nil, reason: EventRefusalReason? = nil) {
        self.valid = valid
        self.kid = kid
        self.reason = reason
    }

    /// Its words and its members.
    public static let shape = Shape<Self>(
        "What came of a verification.",
        [
            Field("valid", \.valid, "Whether the signature is good."),
            .optional("kid", \.kid, "The key that made it; of a good one."),
            .optional("reason", \.reason, "Why it is not accepted; of a bad one."),
        ])
    /// A good one.
    public static let example = EventVerification(valid: true, kid: Sample.kid)

    /// Reads it.
    public init(reading object: ObjectReader) throws(UnreadableField) {
        valid = try object.required("valid")
        kid = try object.optional("kid")
        reason = try object.optional("reason")
    }
}
