import Testing
import WaiaasCore
import WaiaasStorageSQLite
import WaiaasTestSupport

@testable import WaiaasStorageRedis

@Suite("A log that lost entries, and others who went on", .serialized) struct MergingTests {
    private static let server = Result { try RedisServer() }

    @Test func `what takes a right away is made whatever others did to the row`() async throws {
        let pair = try await SharedPair(on: try Self.server.get(), hears: false)
        let (ada, session) = (try pair.sample.user("ada"), try await pair.session(through: pair.first))
        let client = OAuthClient(
            id: try OAuthClient.ID("web").orThrow("no name"), secretHash: pair.sample.digest(), createdAt: Sample.start, rotatedAt: nil)
        try await pair.first.store.write { transaction in
            _ = try transaction.insert(ada)
            _ = try transaction.insert(client)
        }
        try await pair.second.settle()

        // Two entries that are lost.
        try await pair.first.store.write { transaction in
            var disabled = ada
            disabled.status = .disabled(since: Sample.start + .seconds(1))
            disabled.tokensNotBefore = Sample.start + .seconds(1)
            disabled.updatedAt = Sample.start + .seconds(1)
            try transaction.update(disabled)
            _ = try transaction.removeClient(client.id)
        }
        try await pair.first.store.write { transaction in
            var agent = pair.agent
            agent.status = .suspended(since: Sample.start + .seconds(1), reason: "leak")
            try transaction.updateStatus(of: agent)
            _ = try transaction.revoke(session.id, at: Sample.start + .seconds(1))
        }
        try pair.lose(2)

        // What the other does meanwhile, to the same rows.
        try await pair.second.store.write { transaction in
            var changed = ada
            changed.passwordHash = "$argon2id$other"
            changed.tokensNotBefore = Sample.start + .seconds(9)
            changed.updatedAt = Sample.start + .seconds(9)
            try transaction.update(changed)
            var rotated = client
            rotated.secretHash = pair.sample.digest()
            _ = try transaction.updateSecret(of: rotated)
        }
        _ = try await pair.session(through: pair.second)
        for store in [pair.first, pair.second] { try await store.settle() }
        for store in [pair.first.store, pair.second.store] {
            let user = try await store.read { try $0.user(ada.id) }
            #expect(user?.status == .disabled(since: Sample.start + .seconds(1)))
            #expect(user?.tokensNotBefore == Sample.start + .seconds(9))
            #expect(user?.passwordHash == "$argon2id$other")
            #expect(try await store.read { try $0.agent(pair.agent.id)?.status.isSuspended } == true)
            #expect(try await store.read { try $0.session(session.id)?.revokedAt } == Sample.start + .seconds(1))
            #expect(try await store.read { try $0.oauthClients() } == [])
            #expect(try await store.findings() == [])
        }
        // Of Ada's row and of the agent's the rest is as the other has it.
        #expect(pair.first.incidents == [.merged(entries: 2, rowsLeftOut: 2, recordsLeftOut: 0, ringsLeftOut: [])])
    }

    @Test func `a login that was refreshed here and there has one newest token, and the other is none`() async throws {
        let pair = try await SharedPair(on: try Self.server.get(), hears: false)
        let ada = try pair.sample.user("ada")
        let (family, token) = pair.sample.family(of: ada.id)
        try await pair.first.store.write { transaction in
            _ = try transaction.insert(ada)
            try transaction.insert(family, first: token)
        }
        try await pair.second.settle()
        // What is entered first is lost, and entered again behind what the other made of it.
        var successors: [RefreshToken] = []
        for store in [pair.first, pair.second] {
            let step = pair.sample.exchange(of: family, at: Sample.start + .seconds(5))
            #expect(try await store.store.write { try $0.exchange(for: step.successor, in: step.family) })
            successors.append(step.successor)
            if successors.count == 1 { try pair.lose(1) }
        }
        for store in [pair.first, pair.second] { try await store.settle() }
        for store in [pair.first.store, pair.second.store] {
            #expect(try await store.read { try $0.refreshFamily(family.id)?.newest } == successors[1].id)
            let hash = successors[0].hash
            let found = try await store.read { try $0.refreshToken(hash) }
            let lost = try #require(found)
            #expect(RefreshDecision(presenting: lost.token, of: lost.family, at: Sample.start + .seconds(6)) == .reuse)
            #expect(try await store.findings() == [])
        }
    }

    @Test func `an exchange is kept though the one before was forgotten elsewhere meanwhile`() async throws {
        let pair = try await SharedPair(on: try Self.server.get(), hears: false)
        let ada = try pair.sample.user("ada")
        let (family, token) = pair.sample.family(of: ada.id)
        let once = pair.sample.exchange(of: family, at: Sample.start + .seconds(5), sealed: [1])
        try await pair.first.store.write { transaction in
            _ = try transaction.insert(ada)
            try transaction.insert(family, first: token)
            _ = try transaction.exchange(for: once.successor, in: once.family)
        }
        try await pair.second.settle()
        let twice = pair.sample.exchange(of: once.family, at: Sample.start + .seconds(6), sealed: [2])
        #expect(try await pair.first.store.write { try $0.exchange(for: twice.successor, in: twice.family) })
        try pair.lose(1)
        #expect(try await pair.second.store.write { try $0.forgetSuccessors(usedBefore: Sample.start + .seconds(60), limit: 9) } == 1)
        for store in [pair.first, pair.second] { try await store.settle() }
        for store in [pair.first.store, pair.second.store] {
            #expect(try await store.read { try $0.refreshFamily(family.id) } == twice.family)
        }
        #expect(pair.first.incidents == [.merged(entries: 1, rowsLeftOut: 0, recordsLeftOut: 0, ringsLeftOut: [])])
    }

    @Test(arguments: [false, true])
    func `what the schema before recorded is repeated, but for logins`(isOfLogin: Bool) async throws {
        let pair = try await SharedPair("of-logins-\(isOfLogin)", on: try Self.server.get(), hears: false)
        let (ada, further) = (try pair.sample.user("ada"), try pair.sample.agent("further"))
        let (family, token) = pair.sample.family(of: ada.id)
        try await pair.first.store.write { _ = try $0.insert(ada) }
        try await pair.second.settle()
        try await pair.first.store.write { transaction in
            if isOfLogin { try transaction.insert(family, first: token) } else { _ = try transaction.insert(further) }
        }
        try pair.relabelNewest(asOf: 4)
        if isOfLogin {
            await #expect(throws: StoreError.self) { try await pair.second.store.write { _ = try $0.insert(further) } }
            #expect(try await pair.second.store.read { try $0.refreshFamily(family.id) } == nil)
        } else {
            try await pair.second.settle()
            #expect(try await pair.second.store.read { try $0.agent(further.id) } == further)
        }
    }

    @Test func `of two rings that went on apart one is taken whole, and it is told; what went on alone is kept`() async throws {
        let pair = try await SharedPair(on: try Self.server.get(), hears: false)
        let session: [StateName] = [.jwtSecretCurrent, .jwtSecretPrevious, .jwtSecretRotatedAt, .sessionRingEpoch]
        try await pair.first.store.write { transaction in
            for name in [StateName.jwtSecretCurrent, .sessionRingEpoch, .userRing, .userRingEpoch] {
                try transaction.setState(name, to: "0")
            }
        }
        try await pair.second.settle()
        try await pair.first.store.write { transaction in
            for name in session + [.userRing, .userRingEpoch] { try transaction.setState(name, to: "first") }
        }
        try pair.lose(1)
        // A cut: there is no previous one.
        try await pair.second.store.write { transaction in
            for name in [StateName.jwtSecretCurrent, .sessionRingEpoch] { try transaction.setState(name, to: "second") }
        }
        for store in [pair.first, pair.second] { try await store.settle() }
        for store in [pair.first.store, pair.second.store] {
            #expect(try await store.read { store in try session.map { try store.state($0) } } == ["second", nil, nil, "second"])
            #expect(try await store.read { try $0.state(.userRing) } == "first")
        }
        #expect(
            pair.first.incidents == [.merged(entries: 1, rowsLeftOut: 2, recordsLeftOut: 0, ringsLeftOut: ["the session secret"])])
    }

    @Test func `a row whose owner was left out goes with it, and the store goes on`() async throws {
        let pair = try await SharedPair(on: try Self.server.get(), hears: false)
        let (mine, theirs) = (try pair.sample.agent("twin"), try pair.sample.agent("twin"))
        let session = pair.sample.session(of: mine.id)
        try await pair.first.store.write { transaction in
            _ = try transaction.insert(mine)
            _ = try transaction.claimSessionPlace(for: mine.id, limit: 100, at: Sample.start)
            try transaction.insert(session)
        }
        try pair.lose(1)
        try await pair.second.store.write { _ = try $0.insert(theirs) }
        #expect(try await pair.both(session.id) == [nil, nil])
        let later = try await pair.session(through: pair.first)
        #expect(try await pair.both(later.id) == [later, later])
        #expect(pair.first.incidents == [.merged(entries: 1, rowsLeftOut: 2, recordsLeftOut: 0, ringsLeftOut: [])])
        for store in [pair.first.store, pair.second.store] { #expect(try await store.findings() == []) }
    }
}
