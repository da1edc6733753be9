import WaiaasAPI
import WaiaasCore

extension ListClients: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> ClientList {
        let clients = try await services.clients.clients()
        return ClientList(
            clients: clients.map { ClientSummary(clientId: $0.id, createdAt: $0.createdAt, rotatedAt: $0.rotatedAt) })
    }
}
