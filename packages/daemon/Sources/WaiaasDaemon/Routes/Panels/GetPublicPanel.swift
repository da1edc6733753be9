import WaiaasAPI
import WaiaasCore

extension GetPublicPanel: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PanelContents {
        PanelContents(try services.panels.entry(.public(call.parameters.sessionId)).panel)
    }
}
