import WaiaasAPI
import WaiaasCore

extension UpdatePublicPanel: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PanelName {
        try await services.panels.update(.public(call.parameters.sessionId), arguments: call.input.args)
        return PanelName(sessionId: call.parameters.sessionId)
    }
}
