import WaiaasAPI
import WaiaasCore

extension GetPanel: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PanelContents {
        PanelContents(try services.panels.entry(.user(try call.owner(), call.parameters.sessionId)).panel)
    }
}

extension PanelContents {
    /// A panel from the domain.
    init(_ panel: Panel) {
        self.init(sessionId: panel.key.id, template: panel.template, args: panel.arguments)
    }
}
