public import WaiaasCore
import WaiaasCrypto

/// Signing and verifying with the event ring (design 2.6).
extension KeyRing where Material == EventSecret {
    /// How far a timestamp may lie from now, in seconds.
    public static var replayWindow: Int64 { 300 }
    /// More signatures than this in one field are not looked at.
    public static var signaturesRead: Int { 16 }

    /// Signs an event in the form of Standard Webhooks: one signature by the key that signs, and in the overlap one by each that retires, so
    /// that a receiver with either key accepts it.
    ///
    /// - Parameters:
    ///   - body: the bytes that are sent.
    ///   - id: the event's name; nil if it breaks ``isEventID(_:)``.
    ///   - moment: now, the timestamp.
    public func sign(_ body: [UInt8], id: String, at moment: Moment) -> SignedEvent? {
        guard Self.isEventID(id) else { return nil }
        let timestamp = moment.wall.seconds
        let content = Self.signedContent(id: id, timestamp: timestamp, body)
        let keys = [active] + retirees.filter { $0.overlap?.covers(moment) == true }
        let signatures = keys.map { "v1," + Base64.encode($0.material.mac.authenticate(content).bytes) }
        return SignedEvent(id: id, timestamp: timestamp, signature: signatures.joined(separator: " "))
    }

    /// Verifies an event in the form of Standard Webhooks.
    ///
    /// - Parameters:
    ///   - body: the bytes as they came.
    ///   - timestamp: the field's text.
    ///   - signature: the field's text.
    public func verify(_ body: [UInt8], id: String, timestamp: String, signature: String, at moment: Moment) -> EventVerdict {
        guard Self.isEventID(id), let seconds = Int64(timestamp), String(seconds) == timestamp else { return .refused(.malformed) }
        let parts = signature.split(separator: " ", maxSplits: Self.signaturesRead).prefix(Self.signaturesRead)
        let macs = parts.compactMap { part -> [UInt8]? in
            guard part.hasPrefix("v1,"), let bytes = Base64.decode(String(part.dropFirst(3))), bytes.count == 32 else { return nil }
            return bytes
        }
        // Signatures of other versions stand beside ours and are passed over; with none of ours it is no signature.
        guard !macs.isEmpty else { return .refused(.malformed) }
        let (distance, overflow) = seconds.subtractingReportingOverflow(moment.wall.seconds)
        guard !overflow, distance.magnitude <= UInt64(Self.replayWindow) else { return .refused(.stale) }
        let content = Self.signedContent(id: id, timestamp: seconds, body)
        for key in verifyingKeys(at: moment) {
            for mac in macs where key.material.mac.isValid(mac, for: content) { return .valid(key.kid) }
        }
        return .refused(.signature)
    }

    /// Signs a body in the seed's form: lower-case hexadecimal HMAC-SHA-256. It carries no time, so it can be replayed.
    public func signLegacy(_ body: [UInt8]) -> String { Hexadecimal.encode(active.material.mac.authenticate(body).bytes) }

    /// Verifies a signature in the seed's form.
    public func verifyLegacy(_ body: [UInt8], signature: String, at moment: Moment) -> EventVerdict {
        guard signature.utf8.count == 64, let mac = Hexadecimal.decode(signature), Hexadecimal.encode(mac) == signature else {
            return .refused(.malformed)
        }
        for key in verifyingKeys(at: moment) where key.material.mac.isValid(mac, for: body) { return .valid(key.kid) }
        return .refused(.signature)
    }

    /// The names of the keys, the one that signs first: what a consumer says it has loaded.
    public var kids: [KeyID] { [active.kid] + (staged.map { [$0.kid] } ?? []) + retirees.map(\.kid) }

    /// Whether a text can be an event's name: 1 to 256 printable ASCII characters without space and full stop. The full stop separates the
    /// parts that are signed together, so a name with one could be read in two ways.
    public static func isEventID(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ".") }
    }

    private static func signedContent(id: String, timestamp: Int64, _ body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }
}
