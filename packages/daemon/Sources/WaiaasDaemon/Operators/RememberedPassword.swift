import Synchronization
import WaiaasCore
import WaiaasCrypto

/// The right password of the last quarter of an hour, kept as an HMAC under a random key of this boot's: it makes the next calls cheap.
final class RememberedPassword: Sendable {
    /// How long it is remembered after it was last unwrapped.
    private static let remembered = Duration.seconds(900)

    private let key: HMACSHA256
    private let state = Mutex(State())

    private struct State {
        /// How often the right password was changed.
        var generation: UInt64 = 0
        var kept: (mac: Digest256, until: ContinuousTime)?
    }

    init() throws(CryptoError) {
        key = try HMACSHA256(key: try SecretBytes.random(count: 32))
    }

    /// Whether this is the password remembered.
    func holds(_ password: SecretBytes, at now: ContinuousTime) -> Bool {
        guard let kept = state.withLock({ $0.kept }), now < kept.until else { return false }
        return password.withBytes { key.isValid(kept.mac, for: $0) }
    }

    /// Which of the right passwords is in force: to be asked before one is tried.
    var generation: UInt64 { state.withLock { $0.generation } }

    /// Remembers a password that was found right.
    ///
    /// - Parameter generation: the one in force when the trial began.
    /// - Returns: false if the right password was changed since; then this one counts for nothing.
    @discardableResult
    func keep(_ password: SecretBytes, at now: ContinuousTime, in generation: UInt64) -> Bool {
        let mac = password.withBytes { key.authenticate($0) }
        return state.withLock { state in
            guard state.generation == generation else { return false }
            state.kept = (mac, now + Self.remembered)
            return true
        }
    }

    /// Forgets it: another password is right from now on, and trials of the one before that still run come to nothing.
    func forget() {
        state.withLock { state in
            state.generation &+= 1
            state.kept = nil
        }
    }
}
