import WaiaasAPI
import WaiaasCore

extension ListPanelItems: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PanelItems {
        PanelItems(items: services.panels.list(of: try call.owner()).map { panel, _ in PanelName(sessionId: panel.key.id) })
    }
}
