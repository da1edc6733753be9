import WaiaasCore
import WaiaasCrypto

/// How the session ring lies in `system_state` (seed 000): three values and the epoch they are sealed for.
///
/// Every save seals all of them anew for the new epoch, so no value of one epoch can be put beside values of another.
struct SessionRingStorage: Sendable {
    private let sealed: SealedState

    init(key: SealingKey) {
        sealed = SealedState(key: key)
    }

    /// The stored ring.
    struct Loaded {
        /// The ring; a retiring key whose clock cannot be trusted is already left out.
        let ring: SessionRing
        /// Whether a retiring key was left out, so that its end must be stored and recorded.
        let droppedRetiring: KeyID?
    }

    /// Reads the ring.
    ///
    /// - Parameters:
    ///   - moment: now, which the window is measured from.
    /// - Throws: ``StoreError/damaged(table:column:reason:)`` for an impossible shape; the remedy is `waiaas secret reset`.
    func load(from store: any StateReading, at moment: Moment) throws -> Loaded {
        let epoch = try epoch(in: store)
        guard let current = try sealed.secret(.jwtSecretCurrent, epoch: epoch, in: store) else {
            throw damaged(.jwtSecretCurrent, "it is missing")
        }
        let active = try key(current, named: .jwtSecretCurrent)
        let rotatedAt = try rotatedAt(in: store)
        if rotatedAt == nil, try store.state(.jwtSecretPrevious) != nil {
            throw damaged(.jwtSecretPrevious, "it stands without jwt_secret_rotated_at")
        }
        // Bound to the time of the rotation: a later time beside it would give the old secret another window.
        let previous = try sealed.secret(
            .jwtSecretPrevious, epoch: epoch, boundTo: rotatedAt.map { String($0.milliseconds) } ?? "", in: store)
        switch (previous, rotatedAt) {
        case (_, nil):
            return Loaded(
                ring: SessionRing(epoch: epoch, active: Key(active: active.kid, material: active, createdAt: nil)), droppedRetiring: nil)
        case (nil, .some): throw damaged(.jwtSecretRotatedAt, "it stands without jwt_secret_previous")
        case (let previous?, let rotatedAt?):
            let before = try key(previous, named: .jwtSecretPrevious)
            let current = Key(active: active.kid, material: active, createdAt: rotatedAt)
            guard let overlap = Overlap(loading: rotatedAt, length: RotationPolicy.session.overlap, at: moment) else {
                return Loaded(ring: SessionRing(epoch: epoch, active: current), droppedRetiring: before.kid)
            }
            let retiring = Key(retiring: before.kid, material: before, createdAt: nil, overlap: overlap)
            return Loaded(ring: SessionRing(epoch: epoch, active: current, retiring: retiring), droppedRetiring: nil)
        }
    }

    /// Writes the ring, whole, for its epoch.
    func save(_ ring: SessionRing, to store: any StateStore) throws {
        try sealed.store(ring.active.material.bytes, as: .jwtSecretCurrent, epoch: ring.epoch, in: store)
        let rotatedAt = ring.retiring?.overlap.map { String($0.startedAt.milliseconds) }
        try sealed.store(
            ring.retiring?.material.bytes, as: .jwtSecretPrevious, epoch: ring.epoch, boundTo: rotatedAt ?? "", in: store)
        try store.setState(.jwtSecretRotatedAt, to: rotatedAt)
        try store.setState(.sessionRingEpoch, to: String(ring.epoch))
    }

    /// The epoch of the stored ring: what a change compares with before it swaps.
    func epoch(in store: any StateReading) throws(StoreError) -> UInt64 {
        guard let text = try store.state(.sessionRingEpoch) else { throw damaged(.sessionRingEpoch, "it is missing") }
        guard let epoch = UInt64(text), String(epoch) == text else { throw damaged(.sessionRingEpoch, "it is no epoch") }
        return epoch
    }

    private func rotatedAt(in store: any StateReading) throws(StoreError) -> WallTime? {
        guard let text = try store.state(.jwtSecretRotatedAt) else { return nil }
        guard let milliseconds = Int64(text), String(milliseconds) == text else {
            throw damaged(.jwtSecretRotatedAt, "it is no number of milliseconds")
        }
        return WallTime(milliseconds: milliseconds)
    }

    private func key(_ secret: SecretBytes, named name: StateName) throws(StoreError) -> SigningSecret {
        do throws(CryptoError) {
            return try SigningSecret(secret)
        } catch {
            throw damaged(name, "it is not a secret of \(SigningSecret.byteCount) bytes")
        }
    }

    private func damaged(_ name: StateName, _ reason: String) -> StoreError {
        .damaged(table: "system_state", column: name.rawValue, reason: reason)
    }
}
