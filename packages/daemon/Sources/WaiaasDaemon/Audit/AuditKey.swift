import Synchronization
import WaiaasCore
import WaiaasCrypto

/// The audit ring's key: signs checkpoints; a key derived from its private half makes each record's MAC (design 2.9).
struct AuditKey: Sendable {
    /// The name of its public half.
    let kid: KeyID
    private let pair: Ed25519PrivateKey
    private let tail: HMACSHA256

    private init(pair: Ed25519PrivateKey) throws {
        self.pair = pair
        kid = pair.publicKey.kid
        tail = try HMACSHA256(key: try Derivation.key(from: try pair.seed(), purpose: "audit tail"))
    }

    /// A fresh key.
    static func generate() throws -> AuditKey { try AuditKey(pair: try Ed25519PrivateKey.generate()) }

    /// The key that is sealed in `system_state`.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)`` if it is missing or cannot be unsealed.
    static func load(from store: any StateReading, sealedBy master: MasterKey) throws -> AuditKey {
        let sealed = SealedState(key: try master.sealingKey(for: .auditRing))
        guard let seed = try sealed.secret(.auditKey, epoch: 0, in: store) else {
            throw StoreError.damaged(table: "system_state", column: StateName.auditKey.rawValue, reason: "it is missing")
        }
        return try AuditKey(pair: try Ed25519PrivateKey(seed: seed))
    }

    /// Seals the private half into `system_state`.
    func save(to store: any StateStore, sealedBy master: MasterKey) throws {
        try SealedState(key: try master.sealingKey(for: .auditRing)).store(try pair.seed(), as: .auditKey, epoch: 0, in: store)
    }

    /// The public half, as the first of its ring.
    func publicKey(createdAt: WallTime) -> AuditPublicKey {
        AuditPublicKey(kid: kid, bytes: pair.publicKey.bytes, createdAt: createdAt, voucher: nil)
    }

    /// The public half, with the signature of this key under that of the next.
    func vouching(for next: AuditKey, createdAt: WallTime) throws -> AuditPublicKey {
        let bare = next.publicKey(createdAt: createdAt)
        let voucher = AuditPublicKey.Voucher(kid: kid, signature: try pair.sign(bare.signedBytes))
        return AuditPublicKey(kid: bare.kid, bytes: bare.bytes, createdAt: createdAt, voucher: voucher)
    }

    /// The digest and the MAC of new records.
    var hashing: AuditHashing {
        AuditHashing(digest: Self.digest, mac: { [tail] in tail.authenticate($0) })
    }

    /// A signature under the chain up to its end.
    func checkpoint(over head: AuditHead, at time: WallTime) throws -> AuditCheckpoint {
        let bytes = AuditCheckpoint.signedBytes(sequence: head.sequence, hash: head.hash, time: time, kid: kid)
        return AuditCheckpoint(sequence: head.sequence, hash: head.hash, time: time, kid: kid, signature: try pair.sign(bytes))
    }

    /// What checking a chain needs.
    ///
    /// - Parameter key: gives the MACs too; nil for who verifies with public keys alone.
    static func verification(with key: AuditKey?) -> AuditCryptography {
        var mac: (@Sendable ([UInt8]) -> Digest256)?
        if let key { mac = key.hashing.mac }
        let last = LastKey()
        return AuditCryptography(digest: digest, verifies: last.verifies, thumbprint: thumbprint, mac: mac)
    }

    @Sendable private static func digest(_ bytes: [UInt8]) -> Digest256 { SHA256.digest(bytes) }

    @Sendable private static func thumbprint(_ publicKey: [UInt8]) -> KeyID? {
        (try? Ed25519PublicKey(bytes: publicKey))?.kid
    }
}

/// The public key that was used last. To check that a point is one costs as much as to check a signature, and thousands of checkpoints
/// carry signatures of one key.
private final class LastKey: Sendable {
    private let key = Mutex<Ed25519PublicKey?>(nil)

    @Sendable func verifies(_ publicKey: [UInt8], _ bytes: [UInt8], _ signature: [UInt8]) -> Bool {
        key(publicKey)?.isValid(signature, for: bytes) ?? false
    }

    private func key(_ bytes: [UInt8]) -> Ed25519PublicKey? {
        key.withLock { last in
            if let last, last.bytes == bytes { return last }
            guard let fresh = try? Ed25519PublicKey(bytes: bytes) else { return nil }
            last = fresh
            return fresh
        }
    }
}
