import WaiaasCore
import WaiaasCrypto
import WaiaasEvents

/// The changes of the keys outside of a rotation: what has ended goes, what was in use elsewhere comes in.
extension EventService {
    /// Drops the keys whose windows are over.
    func purgeEndedKeys() async throws {
        try await change { [clocks] state in
            guard let ring = state.ring.purged(at: clocks.now) else { return nil }
            var next = state
            next.ring = ring
            let kept = Set(ring.retirees.map(\.kid))
            let ended = state.ring.retirees.filter { !kept.contains($0.kid) }
            return (next, ended.map { AuditEvent(.eventKeyExpired, by: .system, details: [AuditDetail("kid", $0.kid.text)]) })
        }
    }

    /// The targets use the key of the backup: it signs again.
    func confirmRestored() async throws {
        try await change { state in
            guard state.isRestored else { return nil }
            var next = state
            next.isRestored = false
            return (next, [AuditEvent(.eventKeysCompared, by: .system, details: [AuditDetail("kid", state.ring.active.kid.text)])])
        }
    }

    /// Takes over a secret that is in use elsewhere: it signs from now on, and the key that signed here is dropped.
    ///
    /// - Throws: `EVENT_ROTATION_RUNNING`, `EVENT_KEY_UNFIT`.
    func importSecret(_ text: SecretBytes, by actor: AuditActor, requestID: String?) async throws {
        let secret: EventSecret
        do {
            // A newline that an editor or echo left behind is no part of a key.
            secret = try EventSecret(try text.withoutFinalNewline())
        } catch let fault as EventSecretFault {
            throw Problem(.eventKeyUnfit, message: "This text cannot be an event key: \(fault).")
        }
        try await change { [clocks] state in
            if !state.isRestored, let running = state.runningRotation { throw Problem(.eventRotationRunning, details: running.detail) }
            guard secret.kid != state.ring.active.kid || state.isRestored else { return nil }
            var next = state
            // A rotation that came back with a backup is not of these keys.
            if let lost = state.runningRotation { next.rotation = lost.moved(to: .rolledBack, at: clocks.now.wall) }
            next.isRestored = false
            next.ring = EventRing(
                epoch: state.ring.epoch, active: Key(active: secret.kid, material: secret, createdAt: clocks.now.wall))
            let details = [AuditDetail("kid", secret.kid.text), AuditDetail("previousKid", state.ring.active.kid.text)]
            return (next, [AuditEvent(.eventSecretImported, by: actor, requestID: requestID, details: details)])
        }
    }
}

extension SecretBytes {
    /// The same without one newline at the end.
    fileprivate func withoutFinalNewline() throws(CryptoError) -> SecretBytes {
        try withBytes { (bytes) throws(CryptoError) in
            guard bytes.byteCount > 0, bytes.unsafeLoad(fromByteOffset: bytes.byteCount - 1, as: UInt8.self) == UInt8(ascii: "\n") else {
                return self
            }
            return try SecretBytes(copying: bytes.extracting(0..<bytes.byteCount - 1))
        }
    }
}
