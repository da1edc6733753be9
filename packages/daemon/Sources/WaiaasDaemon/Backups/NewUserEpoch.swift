import WaiaasCore
import WaiaasCrypto

/// The users' half of a new epoch: a fresh key pair, and the end of every login of before (design 2.10).
struct NewUserEpoch {
    let storage: UserRingStorage

    /// Begins it inside the transaction of the whole; a database that never had users is left alone.
    ///
    /// - Parameter keepsLogins: whether the keys and logins of the backup come back to life; the ring is sealed anew all the same.
    /// - Returns: how many logins ended.
    func begin(in transaction: any StoreTransaction, keepsLogins: Bool, at now: Moment) throws -> Int {
        guard let before = try storage.load(from: transaction, at: now) else { return 0 }
        let epoch = max(before.ring.epoch &+ 1, UInt64(clamping: now.wall.milliseconds))
        if keepsLogins {
            let ring = before.ring
            let kept = UserRing(epoch: epoch, active: ring.active, staged: ring.staged, retirees: ring.retirees)
            try storage.save(kept.purged(at: now) ?? kept, to: transaction)
            return 0
        }
        let algorithm = UserKeyAlgorithm(rawValue: before.ring.active.material.publicHalf.algorithm.rawValue) ?? .rs256
        let fresh = try UserKey(try UserKeyPair.generate(algorithm))
        let key = Key(active: fresh.publicHalf.kid, material: fresh, createdAt: now.wall)
        try storage.save(UserRing(epoch: epoch, active: key), to: transaction)
        return try transaction.revokeFamilies(of: .everybody, .init(at: now.wall, reason: .restored)).count
    }
}
