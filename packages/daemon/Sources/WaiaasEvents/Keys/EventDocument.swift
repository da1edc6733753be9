public import WaiaasCore
import WaiaasCrypto

/// The stored form of the event keys: one JSON document with all of them, and plain fields beside for readers that know no more (design 2.6).
///
/// ```
/// {"v":1,"value":…,"old_value":…,"keys":[{"kid":…,"state":"active","material":…,"created_at":…}, …],"rotation":"…"}
/// ```
/// `value` is the key that signs. `old_value` is the other one that verifies: the coming key while it is staged, the key before after the
/// promotion, absent otherwise. A retiring key carries `retired_at` and `verify_until`, which every verifier enforces.
public struct EventDocument: Sendable {
    /// The most bytes that are read.
    public static let limit = 64 << 10
    /// The keys.
    public let ring: EventRing
    /// The rotation that wrote it; nil for keys that were never rotated.
    public let rotation: String?
    /// Keys in it whose windows are over: they verify nothing, but whoever stored them still has them.
    public let ended: [KeyID]
    /// Whether it was a bare key and no document: a secret that was in use before.
    public let isBare: Bool

    /// The document of a ring.
    public init(_ ring: EventRing, rotation: String?) {
        self.ring = ring
        self.rotation = rotation
        isBare = false
        ended = []
    }

    /// Reads a document, or a bare key: the text alone with at most one newline behind it, or an object with nothing but `value`.
    ///
    /// - Parameters:
    ///   - bytes: what was read; wiping them is the caller's part.
    ///   - moment: now, which windows are measured from.
    /// - Throws: ``EventDocumentFault``; nothing of what was read is in it.
    public init(reading bytes: [UInt8], at moment: Moment) throws {
        guard bytes.count <= Self.limit else { throw EventDocumentFault.tooLarge }
        guard bytes.first == UInt8(ascii: "{") else {
            ring = try Self.bareRing(bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...])
            rotation = nil
            isBare = true
            ended = []
            return
        }
        guard let root = (try? JSONDocument(scanning: bytes, limits: .request))?.root else { throw EventDocumentFault.unreadable }
        if root.member("v") == nil, root.member("keys") == nil, let value = root.member("value")?.utf8 {
            ring = try Self.bareRing(value)
            rotation = root.member("rotation")?.string
            isBare = true
            ended = []
            return
        }
        guard root.member("v")?.integer == 1 else { throw EventDocumentFault.newer }
        guard let keys = root.member("keys")?.elements else { throw EventDocumentFault.unreadable }
        (ring, ended) = try Self.ring(keys, at: moment)
        rotation = root.member("rotation")?.string
        isBare = false
        // Two truths in one document: whoever edited the plain fields alone meant something that nobody can guess.
        if let value = root.member("value")?.utf8, try EventSecret(Self.secret(value)).kid != ring.active.kid {
            throw EventDocumentFault.contradictory
        }
    }

    /// The document's bytes, to be wiped by whoever took them.
    public func encoded() -> [UInt8] {
        // Room for all of it at once: an array that grows leaves its old storage behind unwiped.
        var writer = JSONWriter(reserving: 512 + (ring.retirees.count + 4) * (EventSecret.length.upperBound + 256))
        writer.beginObject()
        writer.member("v", 1)
        Self.write(ring.active.material, as: "value", to: &writer)
        if let other = ring.staged ?? ring.retirees.first { Self.write(other.material, as: "old_value", to: &writer) }
        writer.key("keys")
        writer.beginArray()
        for key in [ring.active] + (ring.staged.map { [$0] } ?? []) + ring.retirees { Self.write(key, to: &writer) }
        writer.endArray()
        if let rotation { writer.member("rotation", rotation) }
        writer.endObject()
        return writer.finish()
    }

    /// Whether two documents say the same: the same keys in the same states, of the same rotation.
    public func says(_ other: EventDocument) -> Bool {
        isBare == other.isBare && ended == other.ended && rotation == other.rotation && outline == other.outline
    }

    private var outline: [String] {
        ([ring.active] + (ring.staged.map { [$0] } ?? []) + ring.retirees).map { key in
            "\(key.kid) \(key.state.rawValue) \(key.overlap.map { $0.endsAt.iso8601 } ?? "")"
        }
    }

    private static func write(_ secret: EventSecret, as name: String, to writer: inout JSONWriter) {
        writer.key(name)
        secret.text.withBytes { bytes in bytes.withUnsafeBytes { writer.plain($0.bindMemory(to: UInt8.self).span) } }
    }

    private static func write(_ key: Key<EventSecret>, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kid", key.kid.text)
        writer.member("state", key.state.rawValue)
        write(key.material, as: "material", to: &writer)
        if let createdAt = key.createdAt { writer.member("created_at", createdAt.iso8601) }
        if let overlap = key.overlap {
            writer.member("retired_at", overlap.startedAt.iso8601)
            writer.member("verify_until", overlap.endsAt.iso8601)
        }
        writer.endObject()
    }

    private static func ring(_ keys: JSONElements, at moment: Moment) throws -> (EventRing, ended: [KeyID]) {
        var ended: [KeyID] = []
        var (active, staged): (Key<EventSecret>?, Key<EventSecret>?)
        var retirees: [Key<EventSecret>] = []
        var kids: Set<KeyID> = []
        for entry in keys {
            guard let state = (entry.member("state")?.string).flatMap(KeyState.init(rawValue:)),
                let text = entry.member("material")?.utf8
            else { throw EventDocumentFault.unreadable }
            let secret = try EventSecret(secret(text))
            guard entry.member("kid")?.isString(secret.kid.text) == true else { throw EventDocumentFault.wrongKid }
            guard kids.insert(secret.kid).inserted else { throw EventDocumentFault.repeatedKey(secret.kid) }
            let createdAt = (entry.member("created_at")?.string).flatMap { WallTime(iso8601: $0) }
            switch state {
            case .active:
                guard active == nil else { throw EventDocumentFault.notOneActive }
                active = Key(active: secret.kid, material: secret, createdAt: createdAt)
            case .staged:
                guard staged == nil else { throw EventDocumentFault.unreadable }
                let span = Overlap(startingAt: moment, length: .zero)
                staged = Key(staged: secret.kid, material: secret, createdAt: createdAt, staging: span)
            case .retiring:
                guard let since = (entry.member("retired_at")?.string).flatMap({ WallTime(iso8601: $0) }),
                    let end = (entry.member("verify_until")?.string).flatMap({ WallTime(iso8601: $0) })
                else { throw EventDocumentFault.unreadable }
                // A clock that cannot be trusted with an old key, or a window that is over: the key is none of ours.
                guard let overlap = Overlap(loading: since, length: end - since, at: moment), overlap.covers(moment) else {
                    ended.append(secret.kid)
                    continue
                }
                retirees.append(Key(retiring: secret.kid, material: secret, createdAt: createdAt, overlap: overlap))
            }
        }
        guard let active else { throw EventDocumentFault.notOneActive }
        return (EventRing(epoch: 0, active: active, staged: staged, retirees: retirees), ended)
    }

    private static func bareRing(_ text: ArraySlice<UInt8>) throws -> EventRing {
        let secret = try EventSecret(secret(text))
        return EventRing(epoch: 0, active: Key(active: secret.kid, material: secret, createdAt: nil))
    }

    private static func secret(_ text: ArraySlice<UInt8>) throws -> SecretBytes { try SecretBytes(copying: text.span.bytes) }
}

/// Why something is no document of event keys.
public enum EventDocumentFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is no JSON document of ours: half of one, for example.
    case unreadable
    /// It is larger than 64 KiB.
    case tooLarge
    /// A newer release wrote it.
    case newer
    /// No key signs, or more than one.
    case notOneActive
    /// A key stands in it twice.
    case repeatedKey(KeyID)
    /// A key's kid is not its fingerprint.
    case wrongKid
    /// The plain field `value` is another key than the one that signs.
    case contradictory

    /// The fault as one line for a person.
    public var description: String {
        switch self {
        case .unreadable: "it is no whole document of event keys"
        case .tooLarge: "it is larger than \(EventDocument.limit) bytes"
        case .newer: "a newer release wrote it"
        case .notOneActive: "it must hold exactly one key that signs"
        case .repeatedKey(let kid): "key \(kid) stands in it twice"
        case .wrongKid: "a kid in it is not the fingerprint of its key"
        case .contradictory: "its value is another key than the one that signs"
        }
    }
}
