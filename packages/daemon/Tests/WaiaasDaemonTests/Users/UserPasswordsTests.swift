import Synchronization
import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct UserPasswordsTests {
    let clock = ManualClock()

    /// What is asked of Argon2, answered without it.
    private final class Checks: Sendable {
        private let hashes = Mutex<[PasswordHash]>([])
        let gate = Gate()

        var all: [PasswordHash] { hashes.withLock { $0 } }

        @Sendable func wrong(_ hash: PasswordHash, _ password: SecretBytes) -> Bool {
            hashes.withLock { $0.append(hash) }
            return false
        }

        @Sendable func right(_ hash: PasswordHash, _ password: SecretBytes) -> Bool { !wrong(hash, password) }

        @Sendable func slow(_ hash: PasswordHash, _ password: SecretBytes) -> Bool {
            gate.pass()
            return wrong(hash, password)
        }
    }

    private func user(_ text: String = PasswordHashTests.theirs[0].1) throws -> User {
        User(adding: try #require(UserID("ada")), passwordHash: text, at: clock.now.wall)
    }

    private func guess(_ passwords: UserPasswords, _ user: User?, _ name: String = "ada", from address: String = "192.0.2.1") async throws
        -> Bool
    {
        try await passwords.holds(try Ground.secret("a guess"), for: user, named: try #require(UserID(name)), from: address)
    }

    @Test func `the right password of a user is right, a wrong one is not, and nobody's never`() async throws {
        let passwords = try UserPasswords(clocks: clock.clocks)
        let user = try user()
        let right = try Ground.secret(PasswordHashTests.theirs[0].0)
        #expect(try await passwords.holds(right, for: user, named: user.id, from: "192.0.2.1"))
        #expect(try await !guess(passwords, user))
        #expect(try await !passwords.holds(right, for: nil, named: user.id, from: "192.0.2.1"))
        #expect(try await passwords.hash(right).matches(right))
    }

    @Test func `a name that nobody has, and a damaged hash, cost what a wrong password costs`() async throws {
        let checks = Checks()
        let passwords = try UserPasswords(clocks: clock.clocks, matches: checks.wrong)
        for user in [try user(), nil, try user("damaged")] { #expect(try await !guess(passwords, user)) }
        let costs = checks.all.map { $0.text.split(separator: "$").prefix(3).joined(separator: "$") }
        #expect(costs == Array(repeating: "argon2id$v=19$m=19456,t=2,p=1", count: 3))
        // Even one that would fit opens nothing where there is nobody.
        let fitting = try UserPasswords(clocks: clock.clocks, matches: checks.right)
        #expect(try await !guess(fitting, nil))
    }

    @Test func `NET-05: the eleventh wrong password within a minute is refused unheard, for that user from that address alone`()
        async throws
    {
        let checks = Checks()
        let passwords = try UserPasswords(clocks: clock.clocks, matches: checks.wrong)
        let user = try user()
        for _ in 0..<10 { #expect(try await !guess(passwords, user)) }
        #expect(try await problem { try await guess(passwords, user) } == .tooManyLogins)
        #expect(checks.all.count == 10)
        #expect(try await !guess(passwords, user, from: "192.0.2.2"))
        #expect(try await !guess(passwords, nil, "eve"))
        clock.jumpWall(by: .seconds(3_600))
        #expect(try await problem { try await guess(passwords, user) } == .tooManyLogins)
        clock.advance(by: .seconds(6))
        #expect(try await !guess(passwords, user))
        #expect(try await problem { try await guess(passwords, user) } == .tooManyLogins)
    }

    @Test func `an address in another spelling, or another of the same customer, is the same source`() async throws {
        let passwords = try UserPasswords(clocks: clock.clocks, matches: Checks().wrong)
        let user = try user()
        for index in 0..<10 { #expect(try await !guess(passwords, user, from: "2001:db8:0:1::\(index)")) }
        #expect(try await problem { try await guess(passwords, user, from: "2001:DB8:0:1:ffff::1") } == .tooManyLogins)
        #expect(try await !guess(passwords, user, from: "2001:db8:0:2::1"))
    }

    @Test func `guesses that arrive together are counted before any is tried`() async throws {
        let checks = Checks()
        let passwords = try UserPasswords(clocks: clock.clocks, matches: checks.slow)
        let user = try user()
        let refused = try await withThrowingTaskGroup(of: ProblemCode?.self) { group in
            for _ in 0..<64 { group.addTask { try await problem { try await guess(passwords, user) } } }
            // All but ten are refused while not one has been tried.
            var refused = 0
            while refused < 54, let code = try await group.next() { if code == .tooManyLogins { refused += 1 } }
            #expect(checks.all.isEmpty)
            checks.gate.open()
            for try await code in group { #expect(code == nil) }
            return refused
        }
        #expect(refused == 54)
        #expect(checks.all.count == 10)
    }

    @Test func `right passwords count for nothing`() async throws {
        let passwords = try UserPasswords(clocks: clock.clocks, matches: Checks().right)
        let user = try user()
        for _ in 0..<40 { #expect(try await guess(passwords, user)) }
    }

    @Test func `OPS-10: beyond two that run and 1,024 that wait a login is refused, and the refusal counts for nothing`() async throws {
        let checks = Checks()
        let passwords = try UserPasswords(clocks: clock.clocks, matches: checks.slow)
        let codes = try await withThrowingTaskGroup(of: ProblemCode?.self) { group in
            for index in 0..<1_100 { group.addTask { try await problem { try await guess(passwords, nil, "user\(index)") } } }
            var codes: [ProblemCode?] = []
            while codes.count < 1_100 - 1_026, let code = try await group.next() { codes.append(code) }
            #expect(codes.allSatisfy { $0 == .passwordsBusy })
            // Whoever was sent away may come again, ten times.
            for _ in 0..<20 { #expect(try await problem { try await guess(passwords, nil, "late") } == .passwordsBusy) }
            checks.gate.open()
            for try await code in group { codes.append(code) }
            return codes
        }
        #expect(codes.count { $0 == nil } == 1_026)
        #expect(checks.all.count == 1_026)
        #expect(try await !guess(passwords, nil, "late"))
    }

    @Test func `OPS-10: the operator's hashing does not wait behind a full line`() async throws {
        let checks = Checks()
        let passwords = try UserPasswords(clocks: clock.clocks, matches: checks.slow)
        try await withThrowingTaskGroup(of: ProblemCode?.self) { group in
            for index in 0..<1_100 { group.addTask { try await problem { try await guess(passwords, nil, "user\(index)") } } }
            for _ in 0..<1_100 - 1_026 { _ = try await group.next() }
            let password = try Ground.secret("of the operator")
            #expect(try await problem { try await passwords.hash(password) } == .passwordsBusy)
            #expect(try await passwords.hash(password, in: .operator).matches(password))
            checks.gate.open()
            for try await _ in group {}
        }
    }
}
