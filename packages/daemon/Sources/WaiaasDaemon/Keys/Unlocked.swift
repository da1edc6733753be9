import WaiaasCore
import WaiaasCrypto

/// The master key, once the master password has opened it.
struct Unlocked: Sendable {
    /// The key as it is stored: what a password must unwrap to be right.
    let wrapped: WrappedMasterKey
    /// The key.
    let key: MasterKey

    /// The wrapped key in the store.
    ///
    /// - Throws: ``StoreError/damaged(table:column:reason:)`` if it is missing or cannot be read.
    static func wrapping(in store: any StateReading) throws(StoreError) -> WrappedMasterKey {
        let name = StateName.masterKey
        guard let text = try store.state(name) else {
            throw .damaged(table: "system_state", column: name.rawValue, reason: "it is missing")
        }
        do throws(WrappedMasterKeyError) {
            return try WrappedMasterKey(parsing: text)
        } catch {
            throw .damaged(table: "system_state", column: name.rawValue, reason: "it cannot be read")
        }
    }
}
