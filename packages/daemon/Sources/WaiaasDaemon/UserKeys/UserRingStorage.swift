import WaiaasCore
import WaiaasCrypto

/// How the user ring lies in `system_state`: the row `user_ring` holds all of it, sealed for the ring's epoch.
///
/// Its first line is the sealed list of keys: kids, states, times and public halves, so that a public half which somebody else writes
/// there is no key of ours. Each further line is the kid and the sealed private half of a key that signs or will sign.
struct UserRingStorage: Sendable {
    private let key: SealingKey

    init(key: SealingKey) {
        self.key = key
    }

    /// The stored ring.
    struct Loaded {
        let ring: UserRing
        /// Retiring keys whose clock cannot be trusted: they are left out, and their end must be stored and recorded.
        let dropped: [KeyID]
    }

    /// Reads the ring; nil if there is none yet.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)`` for an impossible shape.
    func load(from store: any StateReading, at moment: Moment) throws -> Loaded? {
        guard let text = try store.state(.userRing) else {
            // A ring that somebody took away is not one that never was: a fresh one would refuse every token without a word.
            guard try store.state(.userRingEpoch) == nil else { throw damaged("it is missing") }
            return nil
        }
        let epoch = try epoch(in: store)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let list = try open(lines[0], as: "keys", epoch: epoch)
        var pairs: [KeyID: SecretBytes] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let kid = KeyID(String(parts[0])) else { throw damaged("a line that is no key") }
            pairs[kid] = try open(parts[1], as: "private \(kid.text)", epoch: epoch)
        }
        return try UserRingDocument(sealed: list).ring(epoch: epoch, privateHalves: pairs, at: moment)
    }

    /// Writes the ring, whole, for its epoch.
    func save(_ ring: UserRing, to store: any StateStore) throws {
        var lines = [try seal(try UserRingDocument(ring).bytes(), as: "keys", epoch: ring.epoch)]
        for key in [ring.active, ring.staged].compactMap({ $0 }) {
            guard let pair = key.material.pair else { throw damaged("\(key.kid) has no private half") }
            lines.append("\(key.kid.text) \(try seal(try pair.kept(), as: "private \(key.kid.text)", epoch: ring.epoch))")
        }
        try store.setState(.userRing, to: lines.joined(separator: "\n"))
        try store.setState(.userRingEpoch, to: String(ring.epoch))
    }

    /// The epoch of the stored ring: what a change compares with before it swaps.
    func epoch(in store: any StateReading) throws(StoreError) -> UInt64 {
        guard let text = try store.state(.userRingEpoch), let epoch = UInt64(text), String(epoch) == text else {
            throw .damaged(table: "system_state", column: StateName.userRingEpoch.rawValue, reason: "it is missing or no epoch")
        }
        return epoch
    }

    private func seal(_ secret: SecretBytes, as column: String, epoch: UInt64) throws -> String {
        Hexadecimal.encode(try Envelope.seal(secret, with: key, in: context(column, epoch)))
    }

    private func open(_ text: Substring, as column: String, epoch: UInt64) throws -> SecretBytes {
        guard let sealed = Hexadecimal.decode(String(text)) else { throw damaged("it is not hexadecimal") }
        do throws(CryptoError) {
            return try Envelope.open(sealed, with: key, in: context(column, epoch))
        } catch {
            throw damaged("it cannot be unsealed")
        }
    }

    private func context(_ column: String, _ epoch: UInt64) -> SealContext {
        SealContext(table: "system_state", row: StateName.userRing.rawValue, column: column, epoch: epoch)
    }

    private func damaged(_ reason: String) -> StoreError {
        .damaged(table: "system_state", column: StateName.userRing.rawValue, reason: reason)
    }
}
