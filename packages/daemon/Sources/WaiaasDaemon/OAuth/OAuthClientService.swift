import WaiaasCore
import WaiaasCrypto

/// The stories of an OAuth client: added, checked, given a new secret, removed.
struct OAuthClientService: Sendable {
    let store: any Store
    let table: OAuthClientTable
    let restrictions: UserRestrictions
    let audit: AuditTrail
    let clocks: Clocks

    /// A client with its secret, which is shown once.
    struct Fresh: Sendable {
        let client: OAuthClient
        let secret: ClientSecret
    }

    /// Adds a client.
    ///
    /// - Throws: ``Problem``: `CLIENT_EXISTS`, also where a user has the name; `VALIDATION_ERROR` for the id of an agent.
    func add(_ id: OAuthClient.ID, for caller: Caller) async throws -> Fresh {
        // A token's `sub` is a user's name, a client's or an agent's id: no two of them may be the same.
        guard !IdentifierForm.fits(id.text) else { throw Problem.takenForAgent(path: "$.clientId", id.text) }
        let secret = try ClientSecret.fresh()
        let client = try await store.write { [self] transaction in
            if let user = UserID(id.text), try transaction.user(user) != nil {
                throw Problem(.clientExists, message: "A user has this name.")
            }
            let client = OAuthClient(id: id, secretHash: secret.hash, createdAt: clocks.now.wall, rotatedAt: nil)
            guard try transaction.insert(client) else { throw Problem(.clientExists) }
            try record(.clientAdded, id, caller, in: transaction)
            return client
        } committed: { [table] client in
            table.set(client)
        }
        return Fresh(client: client, secret: secret)
    }

    /// Gives a client a new secret; the one before stops working at once.
    ///
    /// - Throws: ``Problem``: `CLIENT_NOT_FOUND`.
    func rotateSecret(of id: OAuthClient.ID, for caller: Caller) async throws -> Fresh {
        let secret = try ClientSecret.fresh()
        let client = try await store.write { [self] transaction in
            guard var client = table.client(id) else { throw Problem(.clientNotFound) }
            client.secretHash = secret.hash
            client.rotatedAt = clocks.now.wall
            guard try transaction.updateSecret(of: client) else { throw Problem(.clientNotFound) }
            try record(.clientSecretRotated, id, caller, in: transaction)
            return client
        } committed: { [table] client in
            table.set(client)
        }
        return Fresh(client: client, secret: secret)
    }

    /// Removes a client. The logins that were born of it end.
    ///
    /// - Throws: ``Problem``: `CLIENT_NOT_FOUND`.
    func remove(_ id: OAuthClient.ID, for caller: Caller) async throws {
        _ = try await store.write { [self] transaction in
            guard try transaction.removeClient(id) else { throw Problem(.clientNotFound) }
            let ended = try transaction.revokeFamilies(of: .client(id), .init(at: clocks.now.wall, reason: .clientRemoved))
            try record(.clientRemoved, id, caller, in: transaction)
            return ended
        } committed: { [table, restrictions] ended in
            table.remove(id)
            restrictions.revoke(ended)
        }
    }

    /// All clients, by id.
    func clients() async throws -> [OAuthClient] { try await store.read { try $0.oauthClients() } }

    /// The client whose id and secret these are; nil for any other pair. Memory only, compared in constant time.
    func client(_ id: String, secret: String) -> OAuthClient? {
        guard let id = OAuthClient.ID(id), let client = table.client(id) else { return nil }
        let presented = ClientSecret(text: secret).hash
        // Both are digests: where they differ tells nothing about the secret.
        return presented == client.secretHash ? client : nil
    }

    /// The client that a login names, if it names one.
    ///
    /// - Throws: ``Problem``: `INVALID_CLIENT`.
    func client(_ id: OAuthClient.ID?, secret: String?) throws(Problem) -> OAuthClient? {
        guard let id else {
            if secret != nil { throw Problem(.invalidClient) }
            return nil
        }
        guard let secret, let client = client(id.text, secret: secret) else { throw Problem(.invalidClient) }
        return client
    }

    private func record(_ event: AuditEventName, _ id: OAuthClient.ID, _ caller: Caller, in transaction: any StoreTransaction) throws {
        try audit.append(
            AuditEvent(event, by: caller.actor, requestID: caller.requestID, details: [AuditDetail("client", id.text)]), to: transaction)
    }
}
