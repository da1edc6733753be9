import WaiaasAPI
import WaiaasCore

extension EndFamily: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        let own = try await services.refresh.login(of: try call.login())
        try await services.refresh.end(call.parameters.id, of: own.userID, for: Caller(actor: .user(own.userID), requestID: call.requestID))
        return NoContent()
    }
}
