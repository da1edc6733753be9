import Synchronization
import WaiaasCore

/// What clients were told about sessions: after a crash it must be so.
final class Book: Sendable {
    enum Word: Equatable, Sendable {
        /// It was issued or renewed; this token works.
        case alive(token: String)
        /// It was revoked; this token works no more.
        case dead(token: String)
        /// A revocation was asked for and not answered.
        case unknown
    }

    private let words = Mutex<[SessionID: Word]>([:])
    private let secret = Mutex<KeyID?>(nil)

    func note(_ id: SessionID, _ word: Word) { words.withLock { $0[id] = word } }

    /// The secret that the last answered rotation made.
    var kid: KeyID? { secret.withLock { $0 } }
    func noteRotation(_ kid: KeyID) { secret.withLock { $0 = kid } }

    var sessions: [SessionID: Word] { words.withLock { $0 } }
}
