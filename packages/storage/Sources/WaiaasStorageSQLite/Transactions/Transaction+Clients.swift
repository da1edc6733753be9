import WaiaasCore

extension Transaction {
    func oauthClients() throws(StoreError) -> [OAuthClient] {
        var clients: [OAuthClient] = []
        try connection.forEach(of: "oauth_clients", "SELECT id, secret_hash, created_at, rotated_at FROM oauth_clients ORDER BY id") {
            (row: inout Row) throws(StoreError) in
            clients.append(
                OAuthClient(id: try row.next(), secretHash: try row.next(), createdAt: try row.next(), rotatedAt: try row.next()))
        }
        return clients
    }

    func oauthClient(_ id: OAuthClient.ID) throws(StoreError) -> OAuthClient? {
        var client: OAuthClient?
        try connection.forEach(
            of: "oauth_clients", "SELECT id, secret_hash, created_at, rotated_at FROM oauth_clients WHERE id = ?", id
        ) { (row: inout Row) throws(StoreError) in
            client = OAuthClient(id: try row.next(), secretHash: try row.next(), createdAt: try row.next(), rotatedAt: try row.next())
        }
        return client
    }

    func insert(_ client: OAuthClient) throws(StoreError) -> Bool {
        try connection.run(
            "INSERT INTO oauth_clients (id, secret_hash, created_at, rotated_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            client.id, client.secretHash, client.createdAt, client.rotatedAt) == 1
    }

    func updateSecret(of client: OAuthClient) throws(StoreError) -> Bool {
        try connection.run(
            "UPDATE oauth_clients SET secret_hash = ?, rotated_at = ? WHERE id = ?", client.secretHash, client.rotatedAt, client.id) == 1
    }

    func removeClient(_ id: OAuthClient.ID) throws(StoreError) -> Bool {
        try connection.run("DELETE FROM oauth_clients WHERE id = ?", id) == 1
    }
}
