import CSQLite
import Glibc
import WaiaasCore

extension StoreError {
    /// The store's error for a result code.
    ///
    /// - Parameters:
    ///   - code: primary or extended.
    ///   - message: what SQLite says; it names tables, columns and rules, never values.
    ///   - systemCode: the `errno` behind an I/O error, 0 if there is none.
    ///   - action: what was being done.
    init(sqlite code: Int32, message: String, systemCode: Int32 = 0, during action: String) {
        let text = "\(action): \(message) (SQLite code \(code))"
        switch code & 0xff {
        case SQLITE_FULL: self = .diskFull
        case SQLITE_IOERR where Self.isFull(code, systemCode): self = .diskFull
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damagedFile(text)
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH: self = .ruleBroken(text)
        default: self = .unavailable(text)
        }
    }

    /// Whether there was no room: SQLite says `SQLITE_FULL` for a file that cannot grow, but neither for a quota nor for the log's index.
    /// A failed sync is not among them, whatever its reason: nobody can say what it has left on the disk.
    private static func isFull(_ code: Int32, _ systemCode: Int32) -> Bool {
        [writeFailed, indexCannotGrow].contains(code) && [ENOSPC, EDQUOT].contains(systemCode)
    }

    /// `SQLITE_IOERR_WRITE`; Swift does not import a macro that shifts.
    static let writeFailed = SQLITE_IOERR | 3 << 8
    /// `SQLITE_IOERR_SHMSIZE`.
    private static let indexCannotGrow = SQLITE_IOERR | 19 << 8
}
