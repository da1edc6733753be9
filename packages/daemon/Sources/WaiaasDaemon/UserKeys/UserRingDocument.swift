import WaiaasCore
import WaiaasCrypto

/// The list of a user ring's keys as it is sealed: a JSON object of keys with their public halves, states and times.
///
/// Times are milliseconds since the epoch. `since` and `for` are the start and the length of a staging or an overlap.
struct UserRingDocument {
    private struct Entry {
        let state: KeyState
        let publicHalf: PublicJWK
        let createdAt: WallTime?
        let span: (since: WallTime, length: Duration)?
    }

    private let entries: [Entry]

    /// The list of a ring.
    init(_ ring: UserRing) {
        entries = ([ring.active] + (ring.staged.map { [$0] } ?? []) + ring.retirees).map { key in
            let span = key.overlap ?? key.staging
            return Entry(
                state: key.state, publicHalf: key.material.publicHalf, createdAt: key.createdAt,
                span: span.map { ($0.startedAt, $0.length) })
        }
    }

    /// The list in an unsealed row.
    init(sealed bytes: SecretBytes) throws(StoreError) {
        let text = bytes.withBytes { span in (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) } }
        guard let keys = (try? JSONDocument(scanning: text, limits: .large))?.root.member("keys")?.elements else {
            throw Self.damaged("it is no list of keys")
        }
        var entries: [Entry] = []
        for key in keys { entries.append(try Self.entry(key)) }
        self.entries = entries
    }

    private static func entry(_ key: JSONNode) throws(StoreError) -> Entry {
        guard let state = (key.member("state")?.string).flatMap(KeyState.init(rawValue:)), let jwk = key.member("jwk"),
            let publicHalf = try? PublicJWK(jwk)
        else { throw damaged("a key without its state or its public half") }
        let since = key.member("since")?.integer.map { WallTime(milliseconds: $0) }
        let length = key.member("for")?.integer.map { Duration.milliseconds($0) }
        var span: (since: WallTime, length: Duration)?
        if let since, let length { span = (since, length) }
        guard (span == nil) == (state == .active) else { throw damaged("a key without its times") }
        return Entry(
            state: state, publicHalf: publicHalf, createdAt: key.member("created")?.integer.map { WallTime(milliseconds: $0) }, span: span)
    }

    /// The list as bytes to seal.
    func bytes() throws(CryptoError) -> SecretBytes {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("keys")
        writer.beginArray()
        for entry in entries {
            writer.beginObject()
            writer.member("state", entry.state.rawValue)
            writer.key("jwk")
            writer.json(entry.publicHalf.json)
            if let createdAt = entry.createdAt {
                writer.key("created")
                writer.integer(createdAt.milliseconds)
            }
            if let span = entry.span {
                writer.key("since")
                writer.integer(span.since.milliseconds)
                writer.key("for")
                writer.integer(span.length.wholeMilliseconds)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        var bytes = writer.bytes
        return try SecretBytes(consuming: &bytes)
    }

    /// The ring of the list.
    ///
    /// - Parameters:
    ///   - privateHalves: by kid, of the keys that sign or will sign.
    ///   - moment: now, which stagings and overlaps are measured from.
    func ring(epoch: UInt64, privateHalves: [KeyID: SecretBytes], at moment: Moment) throws -> UserRingStorage.Loaded {
        var (active, staged): (Key<UserKey>?, Key<UserKey>?)
        var (retirees, dropped): ([Key<UserKey>], [KeyID]) = ([], [])
        for entry in entries {
            let kid = entry.publicHalf.kid
            let material = try Self.material(entry.publicHalf, privateHalves[kid], signs: entry.state != .retiring)
            switch (entry.state, entry.span) {
            case (.active, _): active = Key(active: kid, material: material, createdAt: entry.createdAt)
            case (.staged, let span?):
                // A start in the future begins anew: waiting longer harms nobody.
                let staging =
                    Overlap(loading: span.since, length: span.length, at: moment) ?? Overlap(startingAt: moment, length: span.length)
                staged = Key(staged: kid, material: material, createdAt: entry.createdAt, staging: staging)
            case (.retiring, let span?):
                guard let overlap = Overlap(loading: span.since, length: span.length, at: moment) else {
                    dropped.append(kid)
                    continue
                }
                retirees.append(Key(retiring: kid, material: material, createdAt: entry.createdAt, overlap: overlap))
            case (.staged, nil), (.retiring, nil): throw Self.damaged("a key without its times")
            }
        }
        guard let active else { throw Self.damaged("no key signs") }
        return UserRingStorage.Loaded(
            ring: UserRing(epoch: epoch, active: active, staged: staged, retirees: retirees), dropped: dropped)
    }

    private static func material(_ publicHalf: PublicJWK, _ secret: SecretBytes?, signs: Bool) throws -> UserKey {
        guard signs else { return try UserKey(publicHalf: publicHalf, pair: nil) }
        guard let secret, let algorithm = UserKeyAlgorithm(rawValue: publicHalf.algorithm.rawValue) else {
            throw damaged("\(publicHalf.kid) has no private half")
        }
        let pair = try UserKeyPair(algorithm, kept: secret)
        guard pair.publicHalf.kid == publicHalf.kid else { throw damaged("the halves of \(publicHalf.kid) do not fit") }
        return try UserKey(pair)
    }

    private static func damaged(_ reason: String) -> StoreError {
        .damaged(table: "system_state", column: StateName.userRing.rawValue, reason: reason)
    }
}
