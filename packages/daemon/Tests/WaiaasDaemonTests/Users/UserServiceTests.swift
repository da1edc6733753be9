import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct UserServiceTests {
    let house: House
    let ada: UserID
    static let password = "correct horse"

    init() async throws {
        house = try await House()
        ada = try #require(UserID("ada"))
        _ = try await house.users.add(ada, password: try Ground.secret(Self.password), for: House.caller)
    }

    private func signIn(_ id: UserID, _ password: String = password, in house: House) async throws -> User {
        try await house.users.signIn(id, password: try Ground.secret(password), from: "192.0.2.1", for: House.caller)
    }

    @Test func `a user is added once, signs in, and a stranger and a wrong password look alike`() async throws {
        let again = try await problem { try await house.users.add(ada, password: try Ground.secret("other one"), for: House.caller) }
        #expect(again == .userExists)
        #expect(try await signIn(ada, in: house).id == ada)
        #expect(try await problem { try await signIn(ada, "wrong", in: house) } == .invalidCredentials)
        #expect(try await problem { try await signIn(try #require(UserID("eve")), in: house) } == .invalidCredentials)
        #expect(try await house.count(of: .userAdded) == 1)
    }

    @Test func `that a user is disabled is told only to who knows the password`() async throws {
        _ = try await house.users.setDisabled(true, user: ada, for: House.caller)
        #expect(try await problem { try await signIn(ada, in: house) } == .userDisabled)
        #expect(try await problem { try await signIn(ada, "wrong", in: house) } == .invalidCredentials)
        _ = try await house.users.setDisabled(false, user: ada, for: House.caller)
        #expect(try await signIn(ada, in: house).id == ada)
    }

    /// What ends a user's tokens.
    enum Change: CaseIterable, Sendable { case password, disabling, letInAgain }

    @Test(arguments: Change.allCases)
    func `REF-12: after a change of a user every token from before is refused at once, in the same second too, and after a restart`(
        change: Change
    ) async throws {
        house.clock.advance(by: .milliseconds(100))
        let user = try await signIn(ada, in: house)
        let login = try await house.login(of: user)
        let loose = try await house.refresh.withoutLogin(for: user, life: nil, for: House.caller).access.signed()
        house.clock.advance(by: .milliseconds(1))
        switch change {
        case .password: _ = try await house.users.setPassword(try Ground.secret("another one"), of: ada, for: House.caller)
        case .disabling: _ = try await house.users.setDisabled(true, user: ada, for: House.caller)
        case .letInAgain:
            _ = try await house.users.setDisabled(true, user: ada, for: House.caller)
            _ = try await house.users.setDisabled(false, user: ada, for: House.caller)
        }
        let next = try await House(on: house.ground)
        for house in [house, next] {
            for token in [login.access, loose] { #expect(try await problem { try house.accept(token) } == .invalidToken) }
            #expect(try await problem { try await house.exchange(login.refresh) } == .invalidRefreshToken)
        }
        guard change != .disabling else { return }
        let fresh = try await house.login(of: try await signIn(ada, change == .password ? "another one" : Self.password, in: house))
        _ = try house.accept(fresh.access)
        _ = try next.accept(fresh.access)
    }

    @Test func `a password that was changed while the old one was being checked opens nothing`() async throws {
        let checked = try await signIn(ada, in: house)
        _ = try await house.users.setPassword(try Ground.secret("another one"), of: ada, for: House.caller)
        house.clock.advance(by: .seconds(1))
        #expect(try await problem { try await house.login(of: checked) } == .invalidCredentials)
        let loose = try await problem { try await house.refresh.withoutLogin(for: checked, life: nil, for: House.caller) }
        #expect(loose == .invalidCredentials)
        #expect(try await house.count(of: .userSignedIn) == 0)
    }

    @Test func `a user who was disabled while their password was being checked gets nothing`() async throws {
        let checked = try await signIn(ada, in: house)
        _ = try await house.users.setDisabled(true, user: ada, for: House.caller)
        #expect(try await problem { try await house.login(of: checked) } == .userDisabled)
        let loose = try await problem { try await house.refresh.withoutLogin(for: checked, life: nil, for: House.caller) }
        #expect(loose == .userDisabled)
    }

    @Test func `what is set already is set once, and nobody's user is not found`() async throws {
        _ = try await house.users.setDisabled(false, user: ada, for: House.caller)
        _ = try await house.users.setDisabled(true, user: ada, for: House.caller)
        _ = try await house.users.setDisabled(true, user: ada, for: House.caller)
        #expect(try await house.count(of: .userDisabled) == 1)
        #expect(try await house.count(of: .userEnabled) == 0)
        let eve = try #require(UserID("eve"))
        #expect(try await problem { try await house.users.user(eve) } == .userNotFound)
        #expect(try await problem { try await house.users.setDisabled(true, user: eve, for: House.caller) } == .userNotFound)
        #expect(
            try await problem { try await house.users.setPassword(try Ground.secret("12345678"), of: eve, for: House.caller) }
                == .userNotFound)
    }

    @Test func `a change that cannot be stored leaves the tokens good`() async throws {
        let login = try await house.login(of: try await signIn(ada, in: house))
        house.clock.advance(by: .seconds(1))
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.users.setDisabled(true, user: ada, for: House.caller) }
        house.store.fail(with: nil)
        _ = try house.accept(login.access)
        #expect(try await house.users.user(ada).status == .active)
    }

    @Test func `registration is closed unless it is opened`() async throws {
        let eve = try #require(UserID("eve"))
        let password = try Ground.secret("a long one")
        #expect(
            try await problem { try await house.users.register(eve, password: password, from: "192.0.2.1", for: House.caller) }
                == .registrationClosed)
        #expect(try await problem { try await signIn(eve, "a long one", in: house) } == .invalidCredentials)
        let open = try await House { $0.auth.isRegistrationOpen = true }
        #expect(try await signIn(eve, "a long one", in: open).id == eve)
        #expect(try await problem { try await signIn(eve, "another one", in: open) } == .invalidCredentials)
        #expect(try await problem { try await signIn(try #require(UserID("bob")), "short", in: open) } == .invalidCredentials)
        #expect(
            try await problem { try await open.users.register(eve, password: password, from: "192.0.2.1", for: House.caller) }
                == .userExists)
    }

    @Test func `of many who take a name at once one gets it`() async throws {
        let open = try await House { $0.auth.isRegistrationOpen = true }
        let eve = try #require(UserID("eve"))
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<6 {
                group.addTask { try await problem { try await signIn(eve, "password \(index)", in: open) } == nil }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(won == 1)
        #expect(try await open.count(of: .userAdded) == 1)
    }
}
