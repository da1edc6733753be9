import WaiaasAPI
import WaiaasCore

extension ListPanels: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PanelList {
        PanelList(
            sessions: services.panels.list(of: try call.owner()).map { panel, timeLeft in
                PanelSummary(sessionId: panel.key.id, createdAt: panel.createdAt, ttl: timeLeft.secondsRoundedUp)
            })
    }
}
