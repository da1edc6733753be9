import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
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

    // One `sub`, three kinds of bearer.

    @Test func `a user, a client and an agent never have one name`() async throws {
        let (name, id) = ("dashboard", try #require(OAuthClient.ID("dashboard")))
        let password = try Ground.secret(Self.password)
        #expect(try await problem { try await house.clients.add(try #require(OAuthClient.ID("ada")), for: House.caller) } == .clientExists)
        #expect(house.clients.table.client(try #require(OAuthClient.ID("ada"))) == nil)
        _ = try await house.clients.add(id, for: House.caller)
        #expect(
            try await problem { try await house.users.add(try #require(UserID(name)), password: password, for: House.caller) }
                == .userExists)
        let agent = try await house.agent().id.description
        for text in [agent, agent.uppercased()] {
            let (user, client) = (try #require(UserID(text)), try #require(OAuthClient.ID(text)))
            #expect(try await problem { try await house.users.add(user, password: password, for: House.caller) } == .validationError)
            #expect(try await problem { try await house.clients.add(client, for: House.caller) } == .validationError)
        }
        let open = try await House(on: house.ground) { $0.auth.isRegistrationOpen = true }
        for text in [name, agent] {
            #expect(try await problem { try await signIn(try #require(UserID(text)), in: open) } == .invalidCredentials)
        }
        #expect(try await open.count(of: .userAdded) == 1)
    }

    @Test func `the header says what kind of bearer it is`() async throws {
        let access = try await house.login(of: try await signIn(ada, in: house)).access
        let id = try #require(OAuthClient.ID("dashboard"))
        _ = try await house.clients.add(id, for: House.caller)
        let client = try await house.refresh.access(for: id).signed()
        let session = try await house.issue(to: try await house.agent()).token
        for (token, kind) in [(access, "user"), (client, "client"), (session, "agent")] {
            let answer = await house.ask("GET", "/api/auth/me", House.bearing(token))
            #expect(answer.status == 200)
            #expect(answer.values("X-Waiaas-Kind") == [kind])
        }
    }

    // Limits.

    @Test func `NET-05: who knows a password signs in 30 times a minute, and wrong ones use nothing of it up`() async throws {
        let strict = try await House(on: house.ground) { $0.auth.signInsPerAddress = 0 }
        for _ in 0..<5 { #expect(try await problem { try await signIn(ada, "wrong", in: strict) } == .invalidCredentials) }
        for _ in 0..<30 { _ = try await signIn(ada, in: strict) }
        #expect(try await problem { try await signIn(ada, in: strict) } == .tooManyLogins)
        strict.clock.advance(by: .seconds(2))
        _ = try await signIn(ada, in: strict)
        #expect(try await problem { try await signIn(ada, in: strict) } == .tooManyLogins)
    }

    @Test func `NET-05: an address has so many sign-ins a minute, and what is too many takes no place in the line`() async throws {
        let strict = try await House(on: house.ground) { $0.auth.signInsPerAddress = 2 }
        let eve = try #require(UserID("eve"))
        for id in [eve, ada] { _ = try await problem { try await signIn(id, "wrong", in: strict) } }
        strict.store.forbid()
        #expect(try await problem { try await signIn(ada, in: strict) } == .tooManyLogins)
        strict.store.allow()
        let password = try Ground.secret(Self.password)
        #expect(try await strict.users.signIn(ada, password: password, from: "192.0.2.2", for: House.caller).id == ada)
        strict.clock.advance(by: .seconds(30))
        _ = try await signIn(ada, in: strict)
    }

    @Test func `NET-05: ten users a minute come from one address, whatever it refreshes`() async throws {
        let open = try await House {
            $0.auth.isRegistrationOpen = true
            $0.auth.refreshPerAddress = 1
        }
        let password = try Ground.secret("a long one")
        func register(_ number: Int, from address: String = "192.0.2.1") async throws -> ProblemCode? {
            guard let id = UserID("user\(number)") else { return .internalError }
            return try await problem { try await open.users.register(id, password: password, from: address, for: House.caller) }
        }
        for number in 0..<10 { #expect(try await register(number) == nil) }
        #expect(try await register(10) == .tooManyLogins)
        #expect(try await register(10, from: "192.0.2.2") == nil)
        let added = try await open.records().filter { $0.event == AuditEventName.userAdded.rawValue }
        #expect(added.count == 11)
        #expect(added.allSatisfy { $0.actor.contains("192.0.2.") })
    }

    @Test func `so many users may add themselves; the operator may go on, and those who are there sign in`() async throws {
        let open = try await House(on: house.ground) {
            $0.auth.isRegistrationOpen = true
            $0.auth.maxUsers = 2
        }
        let (eve, bob) = (try #require(UserID("eve")), try #require(UserID("bob")))
        let password = try Ground.secret(Self.password)
        _ = try await signIn(eve, in: open)
        #expect(
            try await problem { try await open.users.register(bob, password: password, from: "192.0.2.1", for: House.caller) }
                == .registrationClosed)
        #expect(try await problem { try await signIn(bob, in: open) } == .invalidCredentials)
        _ = try await open.users.add(bob, password: password, for: House.caller)
        for id in [ada, eve, bob] { #expect(try await signIn(id, in: open).id == id) }
    }

    // Clocks.

    @Test func `a token of the very millisecond of a change is refused, the next one is not`() async throws {
        let user = try await signIn(ada, in: house)
        let before = try await house.login(of: user)
        _ = try await house.users.setPassword(try Ground.secret("another one"), of: ada, for: House.caller)
        let fresh = try await house.login(of: try await signIn(ada, "another one", in: house))
        let loose = try await house.refresh.withoutLogin(
            for: try await house.users.user(ada), life: nil, for: House.caller
        ).access.signed()
        for house in [house, try await House(on: house.ground)] {
            #expect(try await problem { try house.accept(before.access) } == .invalidToken)
            _ = try house.accept(fresh.access)
            _ = try house.accept(loose)
        }
    }

    @Test func `a change under a clock that was ahead does not keep a user out once it is right`() {
        let now = WallTime(milliseconds: 1_800_000_000_000)
        let step = Duration.milliseconds(1)
        #expect(UserService.notBefore(at: now, after: nil) == now + step)
        #expect(UserService.notBefore(at: now, after: now + .seconds(-60)) == now + step)
        #expect(UserService.notBefore(at: now, after: now + .seconds(3)) == now + .seconds(3) + step)
        #expect(UserService.notBefore(at: now, after: now + .seconds(3_600)) == now + SessionLimits.leeway + step)
    }
}
