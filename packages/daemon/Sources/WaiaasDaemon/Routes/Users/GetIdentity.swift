import WaiaasAPI
import WaiaasCore
import WaiaasHTTP

extension GetIdentity: PromptHandler {
    static func answer(_ call: Call<Self>, in services: Services) throws -> BearerIdentity { try identity(of: call) }

    static func reply(to call: Call<Self>, in services: Services) throws -> Reply<BearerIdentity> {
        let identity = try identity(of: call)
        return Reply(
            identity,
            fields: [
                HTTPResponse.Field("X-Waiaas-Subject", identity.subject), HTTPResponse.Field("X-Waiaas-Kind", identity.kind.rawValue),
            ])
    }

    private static func identity(of call: Call<Self>) throws(Problem) -> BearerIdentity {
        switch call.identity {
        case .session(let session):
            BearerIdentity(
                subject: session.agent.description, kind: .agent, sessionId: session.session.description, expiresAt: session.expiresAt)
        case .token(let token):
            BearerIdentity(
                subject: token.subject, kind: token.isOfClient ? .client : .user, sessionId: token.family?.description,
                clientId: token.client, expiresAt: token.expiresAt)
        case .anyone, .operator, .metricsReader, .login, .client, .consumer: throw Problem(.invalidToken)
        }
    }
}
