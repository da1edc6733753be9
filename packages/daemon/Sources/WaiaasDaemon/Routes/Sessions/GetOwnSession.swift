import WaiaasAPI

extension GetOwnSession: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> OwnSession {
        let session = try call.session()
        return OwnSession(
            sessionId: session.session, agentId: session.agent, expiresAt: session.expiresAt,
            key: session.isOfRetiringKey ? .previous : .current, kid: session.kid)
    }
}
