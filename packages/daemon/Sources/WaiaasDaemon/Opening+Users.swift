import WaiaasCore
import WaiaasCrypto
import WaiaasHTTP

/// How the rooms of users, their keys and logins, and OAuth clients are put together.
extension Opening {
    /// What the users' rooms are.
    struct UserRooms: Sendable {
        let users: UserService
        let tokens: UserTokenService
        let refresh: RefreshService
        let keys: UserKeyService
        let clients: OAuthClientService
        let introspection: Introspection
    }

    /// Loads what is kept in memory, and makes the services over it.
    func users(
        over store: any Store, master: MasterKey, audit: AuditTrail, sessions: SessionVerifier, address: LateAddress, loadedAt now: Moment
    ) async throws -> UserRooms {
        let auth = configuration.auth
        let keys = try await userKeys(over: store, master: master, audit: audit, loadedAt: now)
        let loaded = try await store.read { store in
            (
                // Whatever the wall clock says: where it is ahead, what seems over is not.
                users: try store.userRestrictions(since: WallTime(milliseconds: 0)),
                families: try store.revokedFamilies(withAccessAfter: WallTime(milliseconds: 0)),
                clients: try store.oauthClients()
            )
        }
        let restrictions = UserRestrictions(users: loaded.users, families: loaded.families, clocks: clocks)
        let table = OAuthClientTable(loaded.clients)
        let tokens = UserTokenService(
            keys: keys, restrictions: restrictions, clients: table, issuer: LateIssuer(setting: auth.issuer, address: address),
            audience: auth.audience, clocks: clocks, randomness: randomness, issuance: UserTokenIssuance(log: log))
        let limits = RefreshService.Limits(
            idle: auth.refreshIdle, absolute: auth.refreshAbsolute, accessLife: auth.tokenTTL, familiesPerUser: auth.familiesPerUser,
            perFamily: auth.refreshPerFamily, perAddress: auth.refreshPerAddress)
        let refresh = RefreshService(
            store: store, tokens: tokens, audit: audit, limits: limits, isCookieSecure: configuration.http.isBehindTLS, clocks: clocks,
            randomness: randomness)
        return UserRooms(
            users: UserService(
                store: store,
                passwords: try UserPasswords(
                    perUser: auth.signInsPerUser, perAddress: auth.signInsPerAddress,
                    threads: HashingThreads.count(on: HTTPLimits.processors), clocks: clocks),
                refresh: refresh, restrictions: restrictions,
                isRegistrationOpen: auth.isRegistrationOpen, maxUsers: auth.maxUsers, audit: audit, clocks: clocks),
            tokens: tokens, refresh: refresh, keys: keys,
            clients: OAuthClientService(store: store, table: table, restrictions: restrictions, audit: audit, clocks: clocks),
            introspection: Introspection(sessions: sessions, tokens: tokens, refresh: refresh))
    }

    /// The user ring; made at the first start that finds none.
    private func userKeys(
        over store: any Store, master: MasterKey, audit: AuditTrail, loadedAt now: Moment
    ) async throws -> UserKeyService {
        let auth = configuration.auth
        let storage = UserRingStorage(key: try master.sealingKey(for: .userRing))
        let age = try await keySetAge(auth.jwksMaxAge, in: store, at: now.wall)
        let policy = UserKeyService.Policy(
            algorithm: auth.algorithm, age: age, longestLife: UserTokenLimits.longestLife, rotateEvery: auth.rotateEvery,
            isShared: configuration.storage.backend == .redis)
        let loaded = try await store.read { try storage.load(from: $0, at: now) }
        let ring: UserRing
        if let loaded {
            ring = loaded.dropped.isEmpty ? loaded.ring : try await ringWithout(loaded.dropped, loaded.ring, in: store, storage, audit)
            log.info(
                "user key loaded",
                ["kid": LogValue(ring.active.kid), "algorithm": LogValue(ring.active.material.publicHalf.algorithm.rawValue)])
        } else {
            ring = try await firstRing(auth.algorithm, in: store, storage, audit)
        }
        return UserKeyService(ring: ring, storage: storage, store: store, audit: audit, policy: policy, clocks: clocks, log: log)
    }

    /// How long copies of the key set may be held, those of before this start too; stored before any is served.
    private func keySetAge(_ maxAge: Duration, in store: any Store, at now: WallTime) async throws -> KeySetAge {
        let before = try await store.read { try $0.state(.keySetAge) }
        let age = KeySetAge(before.flatMap { KeySetAge($0) }, now: maxAge, at: now)
        guard age.text != before else { return age }
        try await store.write {
            try $0.setState(.keySetAge, to: age.text)
        } committed: { _ in
        }
        return age
    }

    /// Stores that retiring keys were left out at load, so that no later start takes them up again.
    private func ringWithout(
        _ dropped: [KeyID], _ ring: UserRing, in store: any Store, _ storage: UserRingStorage, _ audit: AuditTrail
    ) async throws -> UserRing {
        let next = UserRing(epoch: ring.epoch &+ 1, active: ring.active, staged: ring.staged, retirees: ring.retirees)
        try await store.writeAlone { transaction in
            try storage.save(next, to: transaction)
            for kid in dropped {
                try audit.append(
                    AuditEvent(
                        .userKeyRetired, by: .system,
                        details: [AuditDetail("kid", kid.text), AuditDetail("reason", "its clock cannot be trusted")]), to: transaction)
            }
        } committed: { _ in
        }
        for kid in dropped { log.warn("a user key was dropped: its clock cannot be trusted", ["kid": LogValue(kid)]) }
        return next
    }

    private func firstRing(
        _ algorithm: UserKeyAlgorithm, in store: any Store, _ storage: UserRingStorage, _ audit: AuditTrail
    ) async throws -> UserRing {
        let key = try UserKey(try UserKeyPair.generate(algorithm))
        let fresh = UserRing(epoch: 0, active: Key(active: key.publicHalf.kid, material: key, createdAt: clocks.now.wall))
        let ring = try await store.writeAlone { [clocks] transaction in
            // Of daemons that start together on one truth the first makes the key of all.
            if let made = try storage.load(from: transaction, at: clocks.now)?.ring { return made }
            try storage.save(fresh, to: transaction)
            try audit.append(
                AuditEvent(
                    .userKeyRotated, by: .system,
                    details: [AuditDetail("kid", fresh.active.kid.text), AuditDetail("algorithm", algorithm.rawValue)]), to: transaction)
            return fresh
        } committed: { _ in
        }
        log.info("user key made", ["kid": LogValue(ring.active.kid), "algorithm": LogValue(algorithm.rawValue)])
        return ring
    }
}
