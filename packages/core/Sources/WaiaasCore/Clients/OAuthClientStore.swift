/// What the clients room reads from storage.
public protocol OAuthClientReading {
    /// All clients, by id: they are few, and memory keeps them.
    func oauthClients() throws(StoreError) -> [OAuthClient]
    /// The client with this id, as a transaction sees it.
    func oauthClient(_ id: OAuthClient.ID) throws(StoreError) -> OAuthClient?
}

/// What the clients room changes in storage, inside a transaction.
public protocol OAuthClientStore: OAuthClientReading {
    /// Adds a client. Returns false, and changes nothing, if the id is taken.
    func insert(_ client: OAuthClient) throws(StoreError) -> Bool
    /// Stores a client's new secret. Returns false if there is no such client.
    func updateSecret(of client: OAuthClient) throws(StoreError) -> Bool
    /// Removes a client. Returns false if there is none.
    func removeClient(_ id: OAuthClient.ID) throws(StoreError) -> Bool
}
