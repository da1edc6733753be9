import Synchronization
import WaiaasCore

/// The OAuth clients, in memory: what every call of the OAuth endpoints asks instead of the store. They are few.
final class OAuthClientTable: Sendable {
    private let clients: Mutex<[OAuthClient.ID: OAuthClient]>

    init(_ clients: [OAuthClient] = []) {
        self.clients = Mutex(Dictionary(clients.map { ($0.id, $0) }) { _, later in later })
    }

    /// The client with this id.
    func client(_ id: OAuthClient.ID) -> OAuthClient? { clients.withLock { $0[id] } }

    /// Takes over a client after its commit.
    func set(_ client: OAuthClient) { clients.withLock { $0[client.id] = client } }

    /// Takes over all clients.
    func replace(with all: [OAuthClient]) {
        let all = Dictionary(all.map { ($0.id, $0) }) { _, later in later }
        clients.withLock { $0 = all }
    }

    /// Forgets a client after its commit.
    func remove(_ id: OAuthClient.ID) { clients.withLock { $0[id] = nil } }
}
