import WaiaasAPI
import WaiaasCore

extension CreatePublicPanel: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> PanelName {
        let new = call.input
        try services.panels.admit(.public)
        let (id, life) = (try id(of: new), try life(of: new))
        try services.panels.countCreation(from: call.source)
        try await services.panels.create(
            .public(id), template: new.template, arguments: new.args ?? .none, life: life, for: call.caller)
        return PanelName(sessionId: id)
    }

    private static func id(of new: NewPublicPanel) throws(Problem) -> PanelID {
        let text = new.sessionId.trimmed
        guard let id = PanelID(text) else {
            throw .validation([
                SchemaIssue(
                    path: "$.session_id", code: .format, message: "must be \(PanelID.format.expectation)",
                    expected: PanelID.format.expectation, received: String(text.prefix(64)))
            ])
        }
        return id
    }

    private static func life(of new: NewPublicPanel) throws(Problem) -> Duration {
        guard let text = new.expire else { return PanelLimits.publicLife }
        guard let life = PanelLife.duration(text) else {
            throw .validation([
                SchemaIssue(
                    path: "$.expire", code: .format, message: "must be a time from a second to 366 days like 1d, 3600s or 1h 30m",
                    expected: "numbers with units", received: String(text.prefix(64)))
            ])
        }
        return life
    }
}

extension String {
    /// Without the white space around it.
    fileprivate var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
