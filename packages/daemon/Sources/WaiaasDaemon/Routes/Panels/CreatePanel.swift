import WaiaasAPI
import WaiaasCore

extension CreatePanel: Handler {
    static func answer(_ call: Call<Self>, in services: Services) async throws -> OwnedPanelName {
        let (owner, new) = (try call.owner(), call.input)
        try await services.panels.create(
            .user(owner, new.sessionId), template: new.template, arguments: new.args ?? .none, life: try life(of: new), for: call.caller)
        return OwnedPanelName(userId: owner, sessionId: new.sessionId)
    }

    /// The life that is asked for, under either of its names.
    private static func life(of new: NewPanel) throws(Problem) -> Duration {
        if let one = new.ttlSeconds, let other = new.expireSeconds, one != other {
            throw .validation([
                SchemaIssue(
                    path: "$.expire_seconds", code: .exclusive, message: "must be equal to ttl_seconds, or one of them left out",
                    expected: String(one), received: String(other))
            ])
        }
        return (new.ttlSeconds ?? new.expireSeconds).map { .seconds($0) } ?? PanelLimits.userLife
    }
}
