import WaiaasCore
import WaiaasCrypto
import WaiaasEvents

/// The text of an ``EventState`` as it is sealed: a JSON object. Times are milliseconds since the epoch; `since` and `for` are the start and
/// the length of a window.
enum EventStateDocument {
    /// The bytes to seal.
    static func bytes(of state: EventState) throws(CryptoError) -> SecretBytes {
        let keys = [state.ring.active] + (state.ring.staged.map { [$0] } ?? []) + state.ring.retirees
        // Room for all of it at once: an array that grows leaves its old storage behind unwiped.
        var writer = JSONWriter(reserving: 8_192 + keys.count * (EventSecret.length.upperBound + 256) + state.consumers.count * 256)
        writer.beginObject()
        writer.key("keys")
        writer.beginArray()
        for key in keys { write(key, to: &writer) }
        writer.endArray()
        if let rotation = state.rotation {
            writer.key("rotation")
            write(rotation, to: &writer)
        }
        writer.key("consumers")
        writer.beginArray()
        for consumer in state.consumers { write(consumer, to: &writer) }
        writer.endArray()
        if state.isRestored { writer.member("restored", true) }
        writer.endObject()
        var bytes = writer.finish()
        return try SecretBytes(consuming: &bytes)
    }

    /// Reads what was sealed.
    ///
    /// - Parameters:
    ///   - epoch: what it was sealed for.
    ///   - moment: now, which windows are measured from. A window whose clock cannot be trusted is over.
    /// - Throws: ``StoreError/damaged(table:column:reason:)``.
    static func state(_ sealed: SecretBytes, epoch: UInt64, at moment: Moment) throws -> EventState {
        var text = sealed.withBytes { span in (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) } }
        defer { text.wipe() }
        guard let root = (try? JSONDocument(scanning: text, limits: .large))?.root, let keys = root.member("keys")?.elements,
            let consumers = root.member("consumers")?.elements
        else { throw damaged("it is no list of keys") }
        var (active, staged): (Key<EventSecret>?, Key<EventSecret>?)
        var retirees: [Key<EventSecret>] = []
        for node in keys {
            let (kid, secret, createdAt) = try key(node)
            switch (node.member("state")?.string).flatMap(KeyState.init(rawValue:)) {
            case .active: active = Key(active: kid, material: secret, createdAt: createdAt)
            case .staged:
                staged = Key(staged: kid, material: secret, createdAt: createdAt, staging: Overlap(startingAt: moment, length: .zero))
            case .retiring:
                retirees.append(Key(retiring: kid, material: secret, createdAt: createdAt, overlap: try overlap(node, at: moment)))
            case nil: throw damaged("a key without its state")
            }
        }
        guard let active else { throw damaged("no key signs") }
        return EventState(
            ring: EventRing(epoch: epoch, active: active, staged: staged, retirees: retirees),
            rotation: try root.member("rotation").map(rotation), consumers: try consumers.map(consumer),
            isRestored: root.member("restored")?.bool == true)
    }

    private static func write(_ key: Key<EventSecret>, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("state", key.state.rawValue)
        writer.key("material")
        key.material.text.withBytes { bytes in bytes.withUnsafeBytes { writer.plain($0.bindMemory(to: UInt8.self).span) } }
        if let createdAt = key.createdAt { writer.member("created", createdAt.milliseconds) }
        if let overlap = key.overlap {
            writer.member("since", overlap.startedAt.milliseconds)
            writer.member("for", overlap.length.wholeMilliseconds)
        }
        writer.endObject()
    }

    private static func key(_ node: JSONNode) throws -> (kid: KeyID, secret: EventSecret, createdAt: WallTime?) {
        guard let text = node.member("material")?.utf8, let secret = try? EventSecret(SecretBytes(copying: text.span.bytes)) else {
            throw damaged("a key without its material")
        }
        return (secret.kid, secret, node.member("created")?.integer.map { WallTime(milliseconds: $0) })
    }

    private static func overlap(_ node: JSONNode, at moment: Moment) throws -> Overlap {
        guard let since = node.member("since")?.integer, let length = node.member("for")?.integer else {
            throw damaged("a key without its times")
        }
        return Overlap(loading: WallTime(milliseconds: since), length: .milliseconds(length), at: moment)
            ?? Overlap(startingAt: moment, length: .milliseconds(-1))
    }

    private static func write(_ consumer: EventConsumer, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", consumer.name.text)
        writer.member("roles", consumer.roles.sorted().map(\.rawValue))
        writer.member("hash", consumer.tokenHash.description)
        writer.member("created", consumer.createdAt.milliseconds)
        writer.endObject()
    }

    private static func consumer(_ node: JSONNode) throws -> EventConsumer {
        guard let name = (node.member("name")?.string).flatMap(EventConsumer.Name.init),
            let hash = (node.member("hash")?.string).flatMap({ Digest256(hex: $0) }), let created = node.member("created")?.integer
        else { throw damaged("a consumer that cannot be read") }
        let roles = try texts(node, "roles").compactMap(EventRole.init(rawValue:))
        return EventConsumer(name: name, roles: Set(roles), tokenHash: hash, createdAt: WallTime(milliseconds: created))
    }

    static func texts(_ node: JSONNode, _ name: String) throws -> [String] {
        guard let elements = node.member(name)?.elements else { throw damaged("\(name) is missing") }
        return elements.compactMap(\.string)
    }

    static func damaged(_ reason: String) -> StoreError {
        .damaged(table: "system_state", column: StateName.eventRing.rawValue, reason: reason)
    }
}

extension JSONWriter {
    /// Writes a member that is a list of texts.
    mutating func member(_ name: String, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
