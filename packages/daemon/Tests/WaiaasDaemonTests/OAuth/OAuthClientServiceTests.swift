import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

@Suite(.inTurns) struct OAuthClientServiceTests {
    let house: House
    let id: OAuthClient.ID

    init() async throws {
        house = try await House()
        id = try #require(OAuthClient.ID("dashboard"))
    }

    @Test func `NET-03: a client is who knows its secret, of which only the SHA-256 is kept`() async throws {
        let fresh = try await house.clients.add(id, for: House.caller)
        #expect(fresh.secret.text.hasPrefix("wai_oc_"))
        #expect(Base64URL.decode(String(fresh.secret.text.dropFirst(7)))?.count == 32)
        #expect(fresh.client.secretHash == SHA256.digest(Array(fresh.secret.text.utf8)))
        #expect(house.clients.client("dashboard", secret: fresh.secret.text) == fresh.client)
        for wrong in ["", "wai_oc_", String(fresh.secret.text.dropLast()), fresh.secret.text + "A", fresh.secret.text.uppercased()] {
            #expect(house.clients.client("dashboard", secret: wrong) == nil)
        }
        for other in ["Dashboard", "", "dashboard ", "nobody", "..."] {
            #expect(house.clients.client(other, secret: fresh.secret.text) == nil)
        }
        let next = try await House(on: house.ground)
        #expect(next.clients.client("dashboard", secret: fresh.secret.text) == fresh.client)
        #expect(try await problem { try await house.clients.add(id, for: House.caller) } == .clientExists)
        #expect(try await house.count(of: .clientAdded) == 1)
    }

    @Test func `a new secret ends the one before at once, and a client is checked without the store`() async throws {
        let first = try await house.clients.add(id, for: House.caller).secret.text
        house.clock.advance(by: .seconds(1))
        let second = try await house.clients.rotateSecret(of: id, for: House.caller)
        #expect(second.client.rotatedAt == house.clock.now.wall)
        house.store.forbid()
        defer { house.store.allow() }
        #expect(house.clients.client("dashboard", secret: first) == nil)
        #expect(house.clients.client("dashboard", secret: second.secret.text) == second.client)
    }

    @Test func `REF-10: a client that is removed takes the logins that were born of it along`() async throws {
        let secret = try await house.clients.add(id, for: House.caller).secret.text
        let user = try await house.user()
        let (born, free) = (try await house.login(of: user, client: id), try await house.login(of: user))
        try await house.clients.remove(id, for: House.caller)
        #expect(house.clients.client("dashboard", secret: secret) == nil)
        #expect(try await problem { try house.accept(born.access) } == .invalidToken)
        #expect(try await problem { try await house.exchange(born.refresh, client: id) } == .invalidRefreshToken)
        _ = try house.accept(free.access)
        #expect(try await house.clients.clients().isEmpty)
        #expect(try await problem { try await house.clients.remove(id, for: House.caller) } == .clientNotFound)
        #expect(try await problem { try await house.clients.rotateSecret(of: id, for: House.caller) } == .clientNotFound)
    }

    @Test func `what cannot be stored has not happened`() async throws {
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.clients.add(id, for: House.caller) }
        house.store.fail(with: nil)
        #expect(house.clients.table.client(id) == nil)
        let secret = try await house.clients.add(id, for: House.caller).secret.text
        house.store.fail(with: .diskFull)
        await #expect(throws: StoreError.diskFull) { try await house.clients.rotateSecret(of: id, for: House.caller) }
        await #expect(throws: StoreError.diskFull) { try await house.clients.remove(id, for: House.caller) }
        house.store.fail(with: nil)
        #expect(house.clients.client("dashboard", secret: secret) != nil)
    }

    @Test func `a login names its client with the secret, or names none`() async throws {
        let secret = try await house.clients.add(id, for: House.caller).secret.text
        #expect(try house.clients.client(id, secret: secret)?.id == id)
        #expect(try house.clients.client(nil, secret: nil) == nil)
        let other = try #require(OAuthClient.ID("other"))
        for (id, secret) in [(id, nil), (id, "x"), (nil, secret), (other, secret)] as [(OAuthClient.ID?, String?)] {
            #expect(throws: Problem.self) { try house.clients.client(id, secret: secret) }
        }
    }
}
