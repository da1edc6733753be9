import Testing
import WaiaasAPI
import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP
import WaiaasTestSupport

@testable import WaiaasDaemon

/// Another master password, while requests come.
@Suite(.inTurns) struct PasswordServiceTests {
    private static let next = "another good password"

    private let house: House

    init() async throws {
        house = try await House()
    }

    private func change(
        from current: String = Ground.password, to next: String? = next, _ more: [(name: String, value: String)] = [],
        peer: HTTPPeer = .local(uid: 0)
    ) async -> HTTPResponse {
        let fields = [("X-Master-Password", current)] + (next.map { [("X-New-Master-Password", $0)] } ?? []) + more
        return await house.ask("PUT", "/v1/admin/master-password", fields, from: peer)
    }

    private func knock(_ password: String, from peer: HTTPPeer = .local(uid: 0)) async -> Int {
        await house.ask("GET", "/v1/admin/secrets", [("X-Master-Password", password)], from: peer).status
    }

    private func changes() async throws -> [AuditRecord] {
        try await house.store.read { try $0.auditRecords(after: 0, limit: 100) }.filter { $0.event == "PASSWORD_CHANGED" }
    }

    @Test func `from the change on the new one alone is right, although the old one was remembered`() async throws {
        #expect(await knock(Ground.password) == 200)
        let answer = await change()
        #expect(answer.status == 200)
        #expect(answer.member("changedAt") == house.clock.clocks.now.wall.iso8601)
        #expect(await knock(Ground.password) == 401)
        #expect(await knock(Self.next) == 200)
        let record = try #require(try await changes().first)
        #expect(record.actor == "operator")
        #expect(record.requestID != nil)
    }

    @Test func `the next start opens with the new one, and everything sealed is as it was`() async throws {
        let kid = house.secrets.ring.active.kid
        #expect(await change().status == 200)
        let wrapped = try await house.store.read { try Unlocked.wrapping(in: $0) }
        #expect(throws: WrappedMasterKeyError.wrongPassword) { try wrapped.unwrap(password: try Ground.secret(Ground.password)) }
        let opening = try House.opening(on: house.ground, Configuration(), log: Lines(), password: TypedPassword(text: Self.next))
        let rooms = try await opening.rooms(
            store: house.store, master: try await opening.unlock(house.store), address: LateAddress())
        #expect(rooms.services.secrets.ring.active.kid == kid)
    }

    @Test func `SEC-03: a wrong current password changes nothing and counts as a guess`() async throws {
        for _ in 0..<5 { #expect(await change(from: "a wrong password", peer: House.network).code == "INVALID_MASTER_PASSWORD") }
        #expect(await change(peer: House.network).code == "MASTER_PASSWORD_LOCKED")
        #expect(await change(from: "a wrong password").code == "INVALID_MASTER_PASSWORD")
        #expect(await knock(Ground.password) == 200)
        #expect(try await changes().isEmpty)
    }

    @Test(arguments: [
        "short", String(repeating: "x", count: 1_025), " leading and long", "with a\u{7}bell in it", "", Ground.password,
    ])
    func `a new one that breaks the rules, or is the one in force, is refused and never shown`(next: String) async throws {
        let answer = await change(to: next)
        #expect(answer.status == 400)
        #expect(answer.code == "VALIDATION_ERROR")
        if next.count > 5 { #expect(!String(decoding: answer.body, as: UTF8.self).contains(next)) }
        #expect(await knock(Ground.password) == 200)
        #expect(try await changes().isEmpty)
    }

    @Test func `one that is missing or sent twice is refused`() async throws {
        #expect(await change(to: nil).code == "VALIDATION_ERROR")
        #expect(await change(Ground.password, twice: Self.next).code == "VALIDATION_ERROR")
        #expect(
            await house.ask("PUT", "/v1/admin/master-password", [("X-New-Master-Password", Self.next)]).code == "MASTER_PASSWORD_REQUIRED")
        #expect(try await changes().isEmpty)
    }

    private func change(_ current: String, twice next: String) async -> HTTPResponse {
        await change(from: current, to: next, [("X-New-Master-Password", next)])
    }

    @Test func `a change that cannot be recorded does not happen`() async throws {
        house.store.fail(with: .diskFull)
        #expect(await change().status == 503)
        house.store.fail(with: nil)
        #expect(await knock(Ground.password) == 200)
        #expect(await knock(Self.next) == 401)
    }

    @Test func `of changes that come at once one happens, and its password alone is right`() async throws {
        let answers = await withTaskGroup(of: (String, HTTPResponse).self) { group in
            for number in 0..<4 {
                let next = "the password number \(number)"
                group.addTask { (next, await change(to: next)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let done = answers.filter { $0.1.status == 200 }.map(\.0)
        #expect(done.count == 1)
        for (next, answer) in answers {
            #expect(await knock(next) == (done.contains(next) ? 200 : 401))
            #expect([200, 401, 503].contains(answer.status))
        }
        #expect(await knock(Ground.password) == 401)
        #expect(try await changes().count == 1)
    }

    @Test func `a trial of the old one that ends after the change comes to nothing`() throws {
        let remembered = try RememberedPassword()
        let (old, start) = (try Ground.secret(Ground.password), ContinuousTime(milliseconds: 5_000))
        let generation = remembered.generation
        remembered.forget()
        #expect(!remembered.keep(old, at: start, in: generation))
        #expect(!remembered.holds(old, at: start))
    }
}
