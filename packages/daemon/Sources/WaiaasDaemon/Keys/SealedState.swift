import WaiaasCore
import WaiaasCrypto

/// Reads and writes sealed rows of `system_state`: hex of an envelope that is bound to its row and its ring's epoch.
struct SealedState: Sendable {
    private let key: SealingKey

    init(key: SealingKey) {
        self.key = key
    }

    /// The secret in a row, nil if there is no such row.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)`` if the row cannot be unsealed for this epoch.
    func secret(
        _ name: StateName, epoch: UInt64, boundTo note: String = "", in store: any StateReading
    ) throws(StoreError) -> SecretBytes? {
        guard let text = try store.state(name) else { return nil }
        guard let sealed = Hexadecimal.decode(text) else {
            throw .damaged(table: "system_state", column: name.rawValue, reason: "it is not hexadecimal")
        }
        do throws(CryptoError) {
            return try Envelope.open(sealed, with: key, in: context(name, epoch: epoch, note))
        } catch {
            throw .damaged(table: "system_state", column: name.rawValue, reason: "it cannot be unsealed")
        }
    }

    /// Seals a secret into a row; nil removes the row.
    ///
    /// - Parameter note: a readable value beside it that shall not be changed apart from it.
    func store(
        _ secret: SecretBytes?, as name: StateName, epoch: UInt64, boundTo note: String = "", in store: any StateStore
    ) throws {
        let sealed = try secret.map { try Envelope.seal($0, with: key, in: context(name, epoch: epoch, note)) }
        try store.setState(name, to: sealed.map { Hexadecimal.encode($0) })
    }

    private func context(_ name: StateName, epoch: UInt64, _ note: String) -> SealContext {
        SealContext(table: "system_state", row: name.rawValue, column: note.isEmpty ? "value" : "value \(note)", epoch: epoch)
    }
}
