public import WaiaasCore

/// An event as Standard Webhooks signs it: the three header fields that go with the body.
public struct SignedEvent: Hashable, Sendable {
    /// `webhook-id`: the event's name, the same for every attempt to deliver it.
    public let id: String
    /// `webhook-timestamp`: when it was signed, in seconds since the epoch.
    public let timestamp: Int64
    /// `webhook-signature`: `v1,` and base64, one for each key that the receiver may have, separated by spaces.
    public let signature: String

    /// An event from its fields.
    public init(id: String, timestamp: Int64, signature: String) {
        self.id = id
        self.timestamp = timestamp
        self.signature = signature
    }
}

/// What came of a verification.
public enum EventVerdict: Hashable, Sendable {
    /// The signature is of this key.
    case valid(KeyID)
    /// It is not accepted.
    case refused(EventRefusal)

    /// Whether the signature is good.
    public var isValid: Bool {
        if case .valid = self { true } else { false }
    }
}

/// Why a signature is not accepted. The raw value is what the API says.
public enum EventRefusal: String, Sendable, CaseIterable {
    /// The fields cannot be read.
    case malformed
    /// The timestamp is more than 300 seconds away from now: perhaps a replay.
    case stale
    /// No key that verifies now made it.
    case signature
}
