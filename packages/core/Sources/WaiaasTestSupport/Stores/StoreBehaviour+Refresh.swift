import WaiaasCore

extension StoreBehaviour {
    static let families = [
        StoreBehaviour("a family is found by its token, and a token by no other hash") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            let (family, token) = sample.family(of: user.id, client: OAuthClient.ID("dashboard"))
            try await store.begin(family, token, of: user)
            let found = try await store.read { try $0.refreshToken(token.hash) }
            try expect(found?.token, token)
            try expect(found?.family, family)
            try expect(try await store.read { try $0.refreshToken(sample.digest()) } == nil, true)
            try expect(try await store.read { try $0.refreshFamily(family.id) }, family)
        },
        StoreBehaviour("a token is exchanged once, and its successor is the family's newest") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            let (family, token) = sample.family(of: user.id)
            try await store.begin(family, token, of: user)
            let step = Exchange(of: family, sample)
            let late = Exchange(of: family, sample)
            try expect(try await store.exchange(step), true)
            try expect(try await store.exchange(late), false)
            try expect(try await store.read { try $0.refreshToken(token.hash)?.token }, token)
            try expect(try await store.read { try $0.refreshToken(step.successor.hash)?.token }, step.successor)
            try expect(try await store.read { try $0.refreshToken(late.successor.hash) } == nil, true)
            try expect(try await store.read { try $0.refreshFamily(family.id) }, step.family)
        },
        StoreBehaviour("the sealed successor goes when the successor is used, and when it is old") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            let (family, token) = sample.family(of: user.id)
            try await store.begin(family, token, of: user)
            let first = Exchange(of: family, sample)
            let second = Exchange(of: first.family, sample, sealed: [4])
            try expect(try await store.exchange(first), true)
            try expect(try await store.read { try $0.refreshFamily(family.id)?.sealedSuccessor }, [1, 2, 3])
            try expect(try await store.exchange(second), true)
            try expect(try await store.read { try $0.refreshFamily(family.id)?.sealedSuccessor }, [4])
            let used = Sample.start + .seconds(10)
            try expect(try await store.write { try $0.forgetSuccessors(usedBefore: used, limit: 10) }, 0)
            try expect(try await store.write { try $0.forgetSuccessors(usedBefore: used + .seconds(1), limit: 10) }, 1)
            try expect(try await store.read { try $0.refreshFamily(family.id)?.sealedSuccessor }, nil)
        },
        StoreBehaviour("the latest end of what a key signed is told") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            var (family, token) = sample.family(of: user.id, access: .seconds(100))
            try await store.begin(family, token, of: user)
            let before = family.accessKid
            try expect(try await store.read { try $0.latestAccessExpiry(signedBy: before) }, Sample.start + .seconds(100))
            try expect(try await store.read { try $0.latestAccessExpiry(signedBy: sample.kid()) }, nil)
            family.accessKid = sample.kid()
            family.accessExpiresAt = Sample.start + .seconds(500)
            let noted = family
            try await store.write { try $0.noteAccess(of: noted) }
            try expect(try await store.read { try $0.latestAccessExpiry(signedBy: noted.accessKid) }, Sample.start + .seconds(500))
            try expect(try await store.read { try $0.latestAccessExpiry(signedBy: before) }, nil)
            let stranger = sample.family(of: user.id).family
            try await expect({ if case .ruleBroken = $0 { true } else { false } }) {
                try await store.write { try $0.noteAccess(of: stranger) }
            }
        },
    ]

    static let familyEnds = [
        StoreBehaviour("a revoked family stays revoked, for the first reason, and exchanges nothing") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            let (family, token) = sample.family(of: user.id)
            try await store.begin(family, token, of: user)
            let first = Exchange(of: family, sample)
            try expect(try await store.exchange(first), true)
            let revocation = RefreshFamily.Revocation(at: Sample.start + .seconds(20), reason: .reuse)
            let later = RefreshFamily.Revocation(at: Sample.start + .seconds(30), reason: .logout)
            try expect(try await store.write { try $0.revokeFamily(family.id, revocation) }, true)
            try expect(try await store.write { try $0.revokeFamily(family.id, later) }, false)
            try expect(try await store.read { try $0.refreshFamily(family.id)?.revocation }, revocation)
            try expect(try await store.exchange(Exchange(of: first.family, sample)), false)
            try expect(try await store.read { try $0.refreshFamily(family.id)?.sealedSuccessor }, nil)
            let end = first.family.accessExpiresAt
            try expect(try await store.read { try $0.revokedFamilies(withAccessAfter: end - .seconds(1)) }, [family.id: end])
            try expect(try await store.read { try $0.revokedFamilies(withAccessAfter: end) }, [:])
        },
        StoreBehaviour("all families of a user, or of a client, are revoked, and nobody else's") { store in
            let sample = Sample()
            guard let client = OAuthClient.ID("dashboard") else { throw Broken(description: "no id") }
            let (ada, bob) = (try sample.user("ada"), try sample.user("bob"))
            let families = [
                sample.family(of: ada.id), sample.family(of: ada.id, client: client), sample.family(of: bob.id),
                sample.family(of: bob.id, client: client),
            ]
            try await store.write { transaction in
                for user in [ada, bob] { _ = try transaction.insert(user) }
                for (family, token) in families { try transaction.insert(family, first: token) }
            }
            let ids = families.map(\.family.id)
            func revoke(_ owner: FamilyOwner) async throws -> Set<FamilyID> {
                Set(try await store.write { try $0.revokeFamilies(of: owner, .init(at: Sample.start, reason: .revoked)) }.keys)
            }
            try expect(try await revoke(.userExcept(ada.id, ids[1])), [ids[0]])
            try expect(try await revoke(.client(client)), [ids[1], ids[3]])
            try expect(try await store.read { try $0.liveFamilies(of: ada.id, at: Sample.start) }, [])
            try expect(try await store.read { try $0.liveFamilies(of: bob.id, at: Sample.start) }, [families[2].family])
            try expect(try await revoke(.user(bob.id)), [ids[2]])
            try expect(try await revoke(.everybody), [])
        },
        StoreBehaviour("families that ended long ago are removed, live ones stay") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            let (idle, idleToken) = sample.family(of: user.id, idle: .seconds(100), access: .seconds(10))
            let (aged, agedToken) = sample.family(of: user.id, idle: .seconds(900), lasting: .seconds(100), access: .seconds(10))
            let (live, liveToken) = sample.family(of: user.id, at: Sample.start + .seconds(1), idle: .seconds(899))
            try await store.write { transaction in
                _ = try transaction.insert(user)
                for (family, token) in [(idle, idleToken), (aged, agedToken), (live, liveToken)] {
                    try transaction.insert(family, first: token)
                }
            }
            let end = Sample.start + .seconds(100)
            try expect(try await store.read { try $0.familyCounts(at: end) }, FamilyCounts(live: 1, ended: 2))
            try expect(try await store.read { try $0.liveFamilies(of: user.id, at: end) }, [live])
            let late = end + .seconds(1)
            func ended(before time: WallTime, after id: FamilyID? = nil, limit: Int = 10) async throws -> [FamilyID] {
                try await store.read { try $0.families(endedBefore: time, after: id, limit: limit) }
            }
            try expect(try await ended(before: end), [])
            let ids = [idle.id, aged.id].sorted()
            try expect(try await ended(before: late), ids)
            try expect(try await ended(before: late, limit: 1), [ids[0]])
            try expect(try await ended(before: late, after: ids[0]), [ids[1]])
            let all = ids + [live.id]
            try expect(try await store.write { try $0.removeFamilies(all, endedBefore: end) }, 0)
            try expect(try await store.write { try $0.removeFamilies(all, endedBefore: late) }, 2)
            try expect(try await store.read { try $0.refreshToken(idleToken.hash) } == nil, true)
            try expect(try await store.read { try $0.refreshToken(liveToken.hash)?.family }, live)
        },
        StoreBehaviour("tokens of removed families that were made before a time are removed, oldest first, and no others") { store in
            let sample = Sample()
            let user = try sample.user("ada")
            try expect(try await store.read { try $0.oldestFamilyCreation() }, nil)
            let families = (0..<3).map { sample.family(of: user.id, at: Sample.start + .seconds($0)) }
            try await store.write { transaction in
                _ = try transaction.insert(user)
                for (family, token) in families { try transaction.insert(family, first: token) }
            }
            try expect(try await store.read { try $0.oldestFamilyCreation() }, Sample.start)
            func remove(_ seconds: Int64, limit: Int = 10) async throws -> Int {
                try await store.write { try $0.removeRefreshTokens(madeBefore: Sample.start + .seconds(seconds), limit: limit) }
            }
            try expect(try await remove(2), 0)
            let ended = families.prefix(2).map(\.family.id)
            try expect(try await store.write { try $0.removeFamilies(ended, endedBefore: Sample.start + .seconds(20_000)) }, 2)
            try expect(try await store.read { try $0.oldestFamilyCreation() }, Sample.start + .seconds(2))
            try expect(try await remove(0), 0)
            try expect(try await remove(2, limit: 1), 1)
            try expect(try await remove(10), 1)
            try expect(try await remove(10), 0)
            try expect(try await store.read { try $0.refreshToken(families[2].first.hash)?.token }, families[2].first)
        },
    ]
}

/// One exchange of a family's newest token, ten seconds after the start.
private struct Exchange: Sendable {
    let successor: RefreshToken
    let family: RefreshFamily

    init(of family: RefreshFamily, _ sample: Sample, sealed: [UInt8] = [1, 2, 3]) {
        (self.family, successor) = sample.exchange(of: family, at: Sample.start + .seconds(10), sealed: sealed)
    }
}

extension Store {
    fileprivate func begin(_ family: RefreshFamily, _ token: RefreshToken, of user: User) async throws {
        try await write { transaction in
            _ = try transaction.insert(user)
            try transaction.insert(family, first: token)
        }
    }

    fileprivate func exchange(_ step: Exchange) async throws -> Bool {
        try await write { try $0.exchange(for: step.successor, in: step.family) }
    }
}
