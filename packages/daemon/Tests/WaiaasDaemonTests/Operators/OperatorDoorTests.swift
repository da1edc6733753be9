import Glibc
import Testing
import WaiaasCore
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

/// The operator's two doors as a request finds them.
@Suite(.inTurns) struct OperatorDoorTests {
    let house: House

    init() async throws {
        house = try await House()
    }

    private func knock(_ password: String, from peer: HTTPPeer = House.network, on other: House? = nil) async -> HTTPResponse {
        await (other ?? house).ask("GET", "/v1/admin/secrets", [("X-Master-Password", password)], from: peer)
    }

    @Test func `NET-05: five wrong passwords lock an address out for 30 minutes, right ones too, and no other address`() async throws {
        for _ in 0..<5 { #expect(await knock("a wrong password").code == "INVALID_MASTER_PASSWORD") }
        for password in ["a wrong password", Ground.password, "", String(repeating: "x", count: 2_000)] {
            let answer = await knock(password)
            #expect(answer.status == 429)
            #expect(answer.code == "MASTER_PASSWORD_LOCKED")
            #expect(answer.values("Retry-After") == ["1800"])
        }
        #expect(await house.ask("GET", "/v1/admin/secrets").code == "MASTER_PASSWORD_LOCKED")
        #expect(await knock(Ground.password, from: .network(address: "192.0.2.8")).status == 200)
        #expect(try await house.count(of: .addressLockedOut) == 1)
        house.clock.advance(by: .milliseconds(1_799_999))
        #expect(await knock(Ground.password).status == 429)
        house.clock.advance(by: .milliseconds(1))
        #expect(await knock(Ground.password).status == 200)
    }

    @Test func `NET-05: the lock-out and the count before it outlive a restart`() async throws {
        for _ in 0..<4 { _ = await knock("a wrong password") }
        for _ in 0..<5 { _ = await knock("a wrong password", from: .network(address: "192.0.2.9")) }
        let next = try await House(on: house.ground)
        #expect(await knock(Ground.password, from: .network(address: "192.0.2.9"), on: next).status == 429)
        #expect(await knock("a wrong password", on: next).status == 401)
        #expect(await knock(Ground.password, on: next).status == 429)
    }

    @Test(arguments: [false, true])
    func `a right password sets the count back, also one that is remembered`(isRemembered: Bool) async throws {
        if isRemembered { _ = await knock(Ground.password) }
        for _ in 0..<4 { _ = await knock("a wrong password") }
        #expect(await knock(Ground.password).status == 200)
        for _ in 0..<4 { #expect(await knock("a wrong password").status == 401) }
        #expect(await knock(Ground.password).status == 200)
        #expect(try await house.store.read { try $0.lockouts() }.isEmpty)
    }

    @Test func `guesses that arrive together are no more than five`() async throws {
        let answers = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<4 { _ = await knock("a wrong password") }
            for _ in 0..<4 { group.addTask { await knock("a wrong password").code } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == "INVALID_MASTER_PASSWORD" } == 1)
        #expect(answers.count { $0 == "MASTER_PASSWORD_LOCKED" } == 3)
        #expect(try await house.store.read { try $0.lockouts() }["192.0.2.7"]?.failures == 5)
    }

    @Test func `NET-06: all addresses of one IPv6 network count as one, those of another do not`() async throws {
        for number in 1...5 { _ = await knock("a wrong password", from: .network(address: "2001:db8:1:2::\(number)")) }
        #expect(await knock(Ground.password, from: .network(address: "2001:db8:1:2:ffff::1")).status == 429)
        #expect(await knock(Ground.password, from: .network(address: "2001:db8:1:3::1")).status == 200)
        let next = try await House(on: house.ground)
        #expect(await knock(Ground.password, from: .network(address: "2001:db8:1:2::9"), on: next).status == 429)
    }

    @Test func `a store that cannot be written gives no more guesses`() async throws {
        house.store.fail(with: .diskFull)
        for _ in 0..<5 { #expect(await knock("a wrong password").status == 503) }
        #expect(await knock(Ground.password).status == 429)
    }

    @Test func `a request without the header counts for nothing`() async throws {
        for _ in 0..<6 { #expect(await house.ask("GET", "/v1/admin/secrets").code == "MASTER_PASSWORD_REQUIRED") }
        #expect(await knock(Ground.password).status == 200)
    }

    @Test func `what cannot be a master password is a wrong one and never reaches the hash`() async throws {
        for bad in ["", "short", String(repeating: "x", count: 1_025)] {
            #expect(await knock(bad).code == "INVALID_MASTER_PASSWORD")
        }
        #expect(try await house.store.read { try $0.lockouts() }["192.0.2.7"]?.failures == 3)
    }

    @Test func `the socket is never closed by wrong passwords, neither its own nor those of others`() async throws {
        for _ in 0..<7 { #expect(await knock("a wrong password", from: .local(uid: geteuid())).status == 401) }
        #expect(await knock(Ground.password, from: .local(uid: geteuid())).status == 200)
        #expect(await knock(Ground.password).status == 200)
        #expect(try await house.store.read { try $0.lockouts() }.isEmpty)
    }

    @Test func `NET-01: somebody else's process finds the socket closed, whatever it knows`() async {
        #expect(await knock(Ground.password, from: .local(uid: 4_242)).code == "FORBIDDEN")
        #expect(await knock(Ground.password, from: .local(uid: 0)).status == 200)
    }

    @Test func `with operator routes off TCP only the socket opens them, and no password is tried`() async throws {
        let shut = try await House { $0.http.operatorOverTCP = false }
        for _ in 0..<6 { #expect(await knock("a wrong password", on: shut).code == "OPERATOR_SOCKET_ONLY") }
        #expect(await knock(Ground.password, on: shut).code == "OPERATOR_SOCKET_ONLY")
        #expect(await knock(Ground.password, from: .local(uid: geteuid()), on: shut).status == 200)
        let issued = try await shut.issue(to: try await shut.agent())
        #expect(await shut.ask("GET", "/v1/sessions/self", House.bearing(issued.token)).status == 200)
    }

    @Test func `NET-06: behind a trusted proxy the client is locked out, not the proxy`() async throws {
        let behind = try await House { $0.http.trustedProxies = [AddressBlock("10.0.0.0/8")].compactMap(\.self) }
        func knock(_ password: String, for client: String) async -> Int {
            await behind.ask(
                "GET", "/v1/admin/secrets", [("X-Master-Password", password), ("X-Forwarded-For", client)],
                from: .network(address: "10.0.0.1")
            ).status
        }
        for _ in 0..<5 { #expect(await knock("a wrong password", for: "203.0.113.1") == 401) }
        #expect(await knock(Ground.password, for: "203.0.113.1") == 429)
        #expect(await knock(Ground.password, for: "203.0.113.2") == 200)
        #expect(await knock(Ground.password, for: "203.0.113.2, 203.0.113.1") == 429)
    }
}
