import CSQLite
import WaiaasCore

extension StoreError {
    /// The store's error for a result code.
    ///
    /// - Parameters:
    ///   - code: primary or extended.
    ///   - message: what SQLite says; it names tables, columns and rules, never values.
    ///   - action: what was being done.
    init(sqlite code: Int32, message: String, during action: String) {
        let text = "\(action): \(message) (SQLite code \(code))"
        switch code & 0xff {
        case SQLITE_FULL: self = .diskFull
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damagedFile(text)
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH: self = .ruleBroken(text)
        default: self = .unavailable(text)
        }
    }
}
