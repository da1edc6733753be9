import WaiaasAPI
import WaiaasCore

extension UpdatePanel: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> NoContent {
        let (key, change) = (PanelKey.user(try call.owner(), call.parameters.sessionId), call.input)
        guard change.args != nil || change.template != nil else {
            throw Problem.validation([
                SchemaIssue(path: "$", code: .missing, message: "must have args, template or both", expected: "args", received: "nothing")
            ])
        }
        try await services.panels.update(key, template: change.template, arguments: change.args)
        return NoContent()
    }
}
