import WaiaasCore
import WaiaasCrypto

/// Makes and checks the hashes of users' passwords (design 2.5).
///
/// Each costs 19 MiB and some ten milliseconds, so one or two run at a time and a bounded number wait. A name that nobody has costs the same as
/// a wrong password: it is checked against a hash of nothing.
final class UserPasswords: Sendable {
    /// How long a new password may be, in bytes.
    static let lengthAllowed = 8...4_096
    /// How many may wait for the threads.
    private static let waiting = 1_024
    /// Wrong passwords of one user from one address in a minute, before they are refused unheard.
    private static let failures = RateLimit(10, per: .seconds(60))

    /// Whose hashing it is: what the network asks for must not keep the operator waiting.
    enum Line {
        /// The threads that everybody shares.
        case everybody
        /// A thread and a line of its own.
        case `operator`
    }

    private let threads: HashingThreads
    private let operatorThread: HashingThreads
    private let limiter: RateLimiter<Guess>
    private let perUser: RateLimiter<UserID>
    private let perAddress: RateLimiter<String>
    private let nobody: PasswordHash
    private let clocks: Clocks
    private let matches: @Sendable (PasswordHash, SecretBytes) throws -> Bool

    /// Whose password was tried, from where.
    private struct Guess: Hashable {
        let user: UserID
        let address: String
    }

    /// - Parameters:
    ///   - perUser: successful sign-ins of a user in a minute; 0 for any number.
    ///   - perAddress: sign-ins of any kind from an address in a minute; 0 for any number.
    ///   - threads: how many hash at a time, beside the operator's own.
    ///   - matches: whether a password gives a hash; tests count and hold up what it is asked.
    init(
        perUser: Int = 0, perAddress: Int = 0, threads: Int = 2, clocks: Clocks,
        matches: @escaping @Sendable (PasswordHash, SecretBytes) throws -> Bool = { try $0.matches($1) }
    ) throws {
        self.threads = try HashingThreads(count: threads, waiting: Self.waiting)
        operatorThread = try HashingThreads(count: 1, waiting: 64, priority: .ordinary)
        self.clocks = clocks
        self.matches = matches
        limiter = RateLimiter(Self.failures, sources: 10_000)
        self.perUser = RateLimiter(RateLimit(perUser, per: .seconds(60)), sources: 100_000)
        self.perAddress = RateLimiter(RateLimit(perAddress, per: .seconds(60)), sources: 10_000)
        nobody = try PasswordHash.of(try SecretBytes.random(count: 32))
    }

    /// The hash of a new password.
    ///
    /// - Throws: ``Problem``: `PASSWORDS_BUSY`.
    func hash(_ password: SecretBytes, in line: Line = .everybody) async throws -> PasswordHash {
        let threads =
            switch line {
            case .everybody: threads
            case .operator: operatorThread
            }
        return try await threads.run { try PasswordHash.of(password) }
    }

    /// Counts a sign-in of an address, before it may take a place in the line.
    ///
    /// - Throws: ``Problem``: `TOO_MANY_LOGINS`.
    func countSignIn(from address: String) throws(Problem) {
        guard let wait = perAddress.take(NetworkSource.text(of: address), at: clocks.now.continuous) else { return }
        throw Problem(
            .tooManyLogins, message: "Too many sign-ins come from this address.", retryAfterSeconds: wait.secondsRoundedUp)
    }

    /// Whether a password is a user's.
    ///
    /// - Parameters:
    ///   - user: whose; nil if nobody has the name.
    ///   - name: the name that was given.
    ///   - address: where it came from.
    /// - Throws: ``Problem``: `TOO_MANY_LOGINS`, `PASSWORDS_BUSY`.
    func holds(_ password: SecretBytes, for user: User?, named name: UserID, from address: String) async throws -> Bool {
        let guess = Guess(user: name, address: NetworkSource.text(of: address))
        // Counted before it is tried: guesses that arrive together are as many as they are.
        if let wait = limiter.take(guess, at: clocks.now.continuous) {
            throw Problem(.tooManyLogins, retryAfterSeconds: wait.secondsRoundedUp)
        }
        let hash = user.flatMap { PasswordHash($0.passwordHash) } ?? nobody
        do {
            guard try await threads.run({ [matches] in try matches(hash, password) }), user != nil else { return false }
        } catch {
            // It was not tried, so it was no wrong password.
            limiter.giveBack(guess)
            throw error
        }
        limiter.giveBack(guess)
        // Only who knows the password is counted here: nobody else can use up a user's sign-ins.
        if let wait = perUser.take(name, at: clocks.now.continuous) {
            throw Problem(.tooManyLogins, message: "This user signs in too often.", retryAfterSeconds: wait.secondsRoundedUp)
        }
        return true
    }
}
