import WaiaasCore
import WaiaasCrypto

/// Decides whether a password is the operator's (design 2.3).
///
/// A password is right if it unwraps the master key, which costs 64 MiB and a good part of a second; so few may wait for it, and a right
/// one is remembered as an HMAC under a key of this boot's for a quarter of an hour.
final class MasterPasswordGate: Sendable {
    /// How many passwords may run or wait over the network, and how many over the socket, which has places of its own.
    private static let places = 4

    private let wrapped: Snapshot<WrappedMasterKey>
    let lockouts: LockoutTable
    /// What came of the passwords that were offered over the network.
    let networkChecks = PasswordChecks()
    /// What came of those that were offered through the socket.
    let socketChecks = PasswordChecks()
    private let remembered: RememberedPassword
    private let refusals: RefusalRecorder
    private let clocks: Clocks
    private let networkQueue = WorkQueue(name: "waiaas.password.network", places: places)
    private let socketQueue = WorkQueue(name: "waiaas.password.socket", places: places)

    init(wrapped: WrappedMasterKey, lockouts: LockoutTable, refusals: RefusalRecorder, clocks: Clocks) throws {
        self.wrapped = Snapshot(wrapped)
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

        /// How records name it.
        var source: String {
            switch self {
            case .socket: "operator.sock"
            case .network(let address): address
            }
        }
    }

    /// What a request brings.
    enum Offer: Sendable {
        /// Nothing, which counts for nothing.
        case nothing
        /// Something that cannot be a master password, so that trying it would be a waste: a wrong password.
        case unfit
        /// What may be one.
        case password(SecretBytes)
    }

    /// Lets the operator in, or says why not.
    ///
    /// - Throws: ``Problem``: `MASTER_PASSWORD_LOCKED` before anything else, `MASTER_PASSWORD_REQUIRED`, `MASTER_PASSWORD_BUSY`,
    ///   `INVALID_MASTER_PASSWORD`.
    func admit(_ offer: Offer, through door: Door) async throws(Problem) {
        if let wait = wait(at: door) { throw locked(door, wait) }
        switch offer {
        case .nothing: throw Problem(.masterPasswordRequired)
        case .unfit: try await refuse(door, counted: count(door))
        case .password(let password):
            if remembered.holds(password, at: clocks.now.continuous) {
                checks(at: door).remembered.add()
            } else {
                try await tryOut(password, at: door)
            }
            try await forgetFailures(at: door)
        }
    }

    /// What a password must unwrap to be right.
    var wrapping: WrappedMasterKey { wrapped.current }

    /// From now on what opens this wrapping is right, and nothing else.
    func accept(_ wrapping: WrappedMasterKey) {
        wrapped.replace(with: wrapping)
        remembered.forget()
    }

    private func tryOut(_ password: SecretBytes, at door: Door) async throws(Problem) {
        // One that was right and was changed before it could be remembered is tried again, by what is right then.
        for _ in 0..<2 {
            let generation = remembered.generation
            switch try await outcome(of: password, at: door) {
            case .right:
                checks(at: door).unwrapped.add()
                if remembered.keep(password, at: clocks.now.continuous, in: generation) { return }
            case .wrong(let failure): try await refuse(door, counted: failure)
            case .unheard(let wait): throw locked(door, wait)
            }
        }
        throw Problem(.masterPasswordBusy)
    }

    private enum Outcome: Sendable {
        case right
        case wrong(LockoutTable.Failure?)
        case unheard(Duration)
    }

    /// Tries a password on the door's own thread. It is counted there too, before the next in line is looked at: five guesses that
    /// arrive together are five.
    private func outcome(of password: SecretBytes, at door: Door) async throws(Problem) -> Outcome {
        do {
            return try await (door == .socket ? socketQueue : networkQueue).run { [self] in
                if let wait = wait(at: door) { return .unheard(wait) }
                do throws(WrappedMasterKeyError) {
                    _ = try wrapping.unwrap(password: password)
                    return .right
                } catch .wrongPassword {
                    return .wrong(count(door))
                }
            }
        } catch is WorkQueue.Full {
            checks(at: door).busy.add()
            throw Problem(.masterPasswordBusy)
        } catch {
            throw Problem(.internalError)
        }
    }

    /// How many passwords are being tried or wait for it, over the network and through the socket.
    var waiting: (network: Int, socket: Int) { (networkQueue.waiting, socketQueue.waiting) }

    private func checks(at door: Door) -> PasswordChecks { door == .socket ? socketChecks : networkChecks }

    private func wait(at door: Door) -> Duration? {
        guard case .network(let address) = door else { return nil }
        return lockouts.wait(for: address, at: clocks.now.wall)
    }

    private func count(_ door: Door) -> LockoutTable.Failure? {
        guard case .network(let address) = door else { return nil }
        return lockouts.countFailure(of: address, at: clocks.now.wall)
    }

    private func locked(_ door: Door, _ wait: Duration) -> Problem {
        checks(at: door).locked.add()
        refusals.note(.masterPasswordLocked, from: door.source)
        return Problem(.masterPasswordLocked, retryAfterSeconds: wait.secondsRoundedUp)
    }

    private func refuse(_ door: Door, counted failure: LockoutTable.Failure?) async throws(Problem) -> Never {
        checks(at: door).wrong.add()
        refusals.note(.invalidMasterPassword, from: door.source)
        do {
            if let failure { try await lockouts.record(failure) }
        } catch {
            throw Problem(answering: error)
        }
        throw Problem(.invalidMasterPassword)
    }

    private func forgetFailures(at door: Door) async throws(Problem) {
        guard case .network(let address) = door else { return }
        do {
            try await lockouts.forget(address)
        } catch {
            throw Problem(answering: error)
        }
    }
}
