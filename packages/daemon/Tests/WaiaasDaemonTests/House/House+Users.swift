import Testing
import WaiaasCore
import WaiaasCrypto
import WaiaasTestSupport

@testable import WaiaasDaemon

extension House {
    var users: UserService { rooms.services.users }
    var keys: UserKeyService { rooms.services.keys }
    var tokens: UserTokenService { rooms.services.tokens }
    var refresh: RefreshService { rooms.services.refresh }
    var clients: OAuthClientService { rooms.services.clients }

    /// A user who is there at once: their password hash is none, so no password is theirs.
    func user(_ name: String = "ada") async throws -> User {
        let user = User(adding: try #require(UserID(name)), passwordHash: "none", at: clock.now.wall)
        _ = try await store.write { try $0.insert(user) }
        return user
    }

    /// A login of a user, begun now.
    func login(
        of user: User, client: OAuthClient.ID? = nil, life: Int64? = nil
    ) async throws -> (refresh: PresentedRefreshToken, access: [UInt8], family: FamilyID) {
        if let client { try await plant(client) }
        let grant = try await refresh.begin(
            for: user, client: client.flatMap { clients.table.client($0) }, life: life.map { .seconds($0) }, for: Self.caller)
        return (try #require(grant.refresh), try grant.access.signed(), try #require(grant.access.claims.family))
    }

    /// A client who is there at once if nobody was, also where a user has the name: a database of before that was refused may have both.
    func plant(_ id: OAuthClient.ID) async throws {
        guard clients.table.client(id) == nil else { return }
        let client = OAuthClient(id: id, secretHash: SHA256.digest(Array(id.text.utf8)), createdAt: clock.now.wall, rotatedAt: nil)
        _ = try await store.write {
            try $0.insert(client)
        } committed: { [table = clients.table] _ in
            table.set(client)
        }
    }

    func exchange(
        _ token: PresentedRefreshToken, client: OAuthClient.ID? = nil, from address: String = "192.0.2.7"
    ) async throws -> RefreshService.Grant {
        try await refresh.exchange(token, client: client, life: nil, from: address, for: Self.caller)
    }

    func family(_ id: FamilyID) async throws -> RefreshFamily { try #require(try await store.read { try $0.refreshFamily(id) }) }

    func accept(_ token: [UInt8]) throws(Problem) -> UserToken { try tokens.verify(token[...]) }

    /// Stages a key and lets the time pass until it signs.
    func rotateUserKey() async throws {
        _ = try await keys.stageNextKey(by: .operator, requestID: nil)
        clock.advance(by: keys.policy.staging(at: clock.now.wall))
        try await keys.advance()
    }
}
