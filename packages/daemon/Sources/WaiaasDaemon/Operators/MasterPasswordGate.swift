import WaiaasCore
import WaiaasCrypto

/// Decides whether a password is the operator's (design 2.3).
///
/// A password is right if it unwraps the master key, which costs 64 MiB and a good part of a second; so few may wait for it, and a right
/// one is remembered as an HMAC under a key of this boot's for a quarter of an hour.
final class MasterPasswordGate: Sendable {
    /// How many passwords may run or wait over the network, and how many over the socket, which has places of its own.
    private static let places = 4

    private let wrapped: WrappedMasterKey
    private let lockouts: LockoutTable
    private let remembered: RememberedPassword
    private let refusals: RefusalRecorder
    private let clocks: Clocks
    private let networkQueue = WorkQueue(name: "waiaas.password.network", places: places)
    private let socketQueue = WorkQueue(name: "waiaas.password.socket", places: places)

    init(wrapped: WrappedMasterKey, lockouts: LockoutTable, refusals: RefusalRecorder, clocks: Clocks) throws {
        self.wrapped = wrapped
        self.lockouts = lockouts
        self.refusals = refusals
        self.clocks = clocks
        remembered = try RememberedPassword()
    }

    /// Where a password came from.
    enum Door: Equatable, Sendable {
        /// The Unix socket, which only the daemon's own user and root can open. Never locked out.
        case socket
        /// TCP, from this address.
        case network(address: String)
    }

    /// Lets the operator in, or says why not.
    ///
    /// - Parameters:
    ///   - password: what was sent; nil if nothing was, which counts for nothing.
    /// - Throws: ``Problem``: `MASTER_PASSWORD_LOCKED` before anything else, `MASTER_PASSWORD_REQUIRED`, `MASTER_PASSWORD_BUSY`,
    ///   `INVALID_MASTER_PASSWORD`.
    func admit(_ password: SecretBytes?, through door: Door) async throws(Problem) {
        if case .network(let address) = door, let wait = lockouts.wait(for: address, at: clocks.now.wall) {
            refusals.note(.masterPasswordLocked, from: address)
            throw Problem(.masterPasswordLocked, retryAfterSeconds: wait.secondsRoundedUp)
        }
        guard let password else { throw Problem(.masterPasswordRequired) }
        guard !remembered.holds(password, at: clocks.now.continuous) else { return }
        guard try await unwraps(password, through: door) else {
            try await refuse(door)
        }
        remembered.keep(password, at: clocks.now.continuous)
        if case .network(let address) = door { try await forgetFailures(of: address) }
    }

    private func unwraps(_ password: SecretBytes, through door: Door) async throws(Problem) -> Bool {
        do {
            return try await (door == .socket ? socketQueue : networkQueue).run { [wrapped] in
                do throws(WrappedMasterKeyError) {
                    _ = try wrapped.unwrap(password: password)
                    return true
                } catch .wrongPassword {
                    return false
                }
            }
        } catch is WorkQueue.Full {
            throw Problem(.masterPasswordBusy)
        } catch {
            throw Problem(.internalError)
        }
    }

    private func refuse(_ door: Door) async throws(Problem) -> Never {
        switch door {
        case .socket: refusals.note(.invalidMasterPassword, from: "operator.sock")
        case .network(let address):
            refusals.note(.invalidMasterPassword, from: address)
            do {
                try await lockouts.countFailure(of: address, at: clocks.now.wall)
            } catch {
                throw Problem(answering: error)
            }
        }
        throw Problem(.invalidMasterPassword)
    }

    private func forgetFailures(of address: String) async throws(Problem) {
        do {
            try await lockouts.forget(address)
        } catch {
            throw Problem(answering: error)
        }
    }
}
