import WaiaasAPI
import WaiaasCore

/// Rotates the key that signs the audit log's checkpoints (design 2.9).
struct AuditKeyService: Sendable {
    let key: Snapshot<AuditKey>
    let master: MasterKey
    let store: any Store
    let trail: AuditTrail
    let signer: CheckpointSigner
    let clocks: Clocks

    /// The keys of the ring, the newest first: that one signs, those before it verify for as long as there is a log.
    func keys() async throws -> [KeySummary] {
        let active = key.current.kid
        return try await store.read { try $0.auditPublicKeys() }.reversed().map { key in
            KeySummary(kid: key.kid, algorithm: "EdDSA", state: key.kid == active ? .active : .retiring, createdAt: key.createdAt)
        }
    }

    /// Makes a fresh key, vouched for by the one before.
    ///
    /// One transaction: the old key signs the chain to its end, so that every record whose MAC it made is covered; the new public half
    /// is stored with the old key's signature under it, the new private half sealed; the record of it carries the new key's MAC.
    /// The file gets checkpoint and public half before the new key signs anything there; if it cannot be written they wait for it.
    func rotate(for caller: Caller) async throws -> Rotation {
        try await signer.inTurn {
            let next = try AuditKey.generate()
            let (checkpoint, publicKey) = try await store.writeAlone { [self] transaction in
                // In the writer's turn: another daemon may have rotated it a moment ago.
                let before = key.current
                let now = clocks.now.wall
                let head = try transaction.auditHead()
                let isSigned = try transaction.newestAuditCheckpoint()?.sequence == head.sequence
                let checkpoint = isSigned ? nil : try before.checkpoint(over: head, at: now)
                if let checkpoint { try transaction.append(checkpoint) }
                let publicKey = try before.vouching(for: next, createdAt: now)
                try transaction.append(publicKey)
                try next.save(to: transaction, sealedBy: master)
                try trail.with(next).append(
                    AuditEvent(
                        .auditKeyRotated, by: caller.actor, requestID: caller.requestID,
                        details: [AuditDetail("kid", next.kid.text), AuditDetail("previousKid", before.kid.text)]), to: transaction)
                return (checkpoint, publicKey)
            } committed: { [key] _ in
                key.replace(with: next)
            }
            // The public half first, as a start after a crash would: should the second line fail, no key is missing in the file.
            let lines = [AuditLine.key(publicKey)] + (checkpoint.map { [.checkpoint($0)] } ?? [])
            return Rotation(kid: next.kid, isInFile: await signer.noteSigned(lines))
        }
    }

    /// What a rotation came to.
    struct Rotation: Sendable {
        /// The key that signs now.
        let kid: KeyID
        /// Whether the file has it already.
        let isInFile: Bool
    }
}
